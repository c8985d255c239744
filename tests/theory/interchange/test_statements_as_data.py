"""Every kind of statement comes back from plain data as the same claim."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy as sp

import theory
from derivations.engine.claims import claim_hash
from theory.domain import Domain
from theory.interchange import Decoder, Encoder, InterchangeError
from theory.laws import Discrete, Gaussian, MarkovPath
from theory.models import metric_field
from theory.statements import (
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Proportional,
    Statement,
    Stationarity,
)
from theory.tensors import Contracted, FirstVariation, InverseMetric, RicciTensor, VolumeElement

x, y, p = sp.symbols("x y p")
k, T = sp.symbols("k T", integer=True)
s, q = sp.IndexedBase("s"), sp.Function("q")(x)
LINE = Domain({x: (0, 1), y: (0, 2)}, [sp.Lt(x, y)])
CHANCE = Domain({p: (0, 1), T: sp.Range(1, sp.oo)})
FAIR = {1: sp.Rational(1, 2), -1: sp.Rational(1, 2)}
PATH = MarkovPath(s, T, initial=FAIR, transition=sp.Matrix([[1 - p, p], [p, 1 - p]]))
STATEMENTS: tuple[Statement, ...] = (
    Identity(x, x, LINE),
    Expansion(sp.exp(x), 1 + x, LINE, variable=x, order=2),
    LimitStatement(sp.sin(x) / x, 1, LINE, variable=x, point=0),
    Inequality(x, y, LINE, relation="<"),
    Proportional(x * y, x, LINE, variables=(x,)),
    EqualUpToTotalDerivative(q * q.diff(x), 0, LINE, fields={q: (0, 1)}, coordinates=(x,)),
    Stationarity(x * y, LINE, variables=(x, y), at={x: 0, y: 0}, constraints=(x - y,)),
    Stationarity(sp.Integral(q.diff(x) ** 2, (x, 0, 1)), LINE, variables=(q,), at={q.diff(x, 2): 0}),
    PositiveDefinite(sp.Matrix([[1, x], [x, 1]]), LINE, condition=x < 1),
    EnsembleMean(s[0] * s[T], (1 - 2 * p) ** T, CHANCE, over=PATH),
    EnsembleMean(s[1], 0, CHANCE, over=Discrete(s, FAIR, (k, 1, T))),
    EnsembleMean(x * y, p, CHANCE, over=Gaussian((x, y), 0, sp.Matrix([[1, p], [p, 1]]))),
)


def there_and_back(statement: Statement) -> Any:
    encoder = Encoder()
    data = encoder.statement(statement)
    table, data = json.loads(json.dumps([encoder.symbols, data]))
    return Decoder(table).statement(data)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: type(s).__name__)
def test_a_statement_comes_back_as_the_same_claim(statement: Statement) -> None:
    back = there_and_back(statement)
    assert back == statement
    assert claim_hash(back) == claim_hash(statement)


def test_every_kind_of_statement_is_tried() -> None:
    kinds = {name for name in theory.__all__ if isinstance(getattr(theory, name), type)}
    claims = {name for name in kinds if issubclass(getattr(theory, name), Statement)} - {"Statement"}
    assert claims == {type(statement).__name__ for statement in STATEMENTS}


def test_a_law_that_is_none_is_refused() -> None:
    encoder = Encoder()
    data = encoder.statement(EnsembleMean(x, 0, Domain({}), over={x: FAIR}))
    text = json.dumps([encoder.symbols, data])
    table, other = json.loads(text.replace('["Rational", 1, 2]', '["Rational", 1, 3]'))
    with pytest.raises(InterchangeError, match="sum to 2/3"):
        Decoder(table).statement(other)
    table, other = json.loads(text.replace('"Discrete"', '"Cauchy"'))
    with pytest.raises(InterchangeError, match="no kind of law"):
        Decoder(table).statement(other)


def test_tensors_of_a_metric_come_back_with_their_indices() -> None:
    metric = metric_field.metric_field(3)
    density = metric_field.curvature_density(metric)
    trace = VolumeElement(metric) * Contracted(InverseMetric(metric, "mu", "nu") * RicciTensor(metric, "mu", "nu"))
    claim = EqualUpToTotalDerivative(
        FirstVariation(density, metric, metric_field.change_of_metric(3)), trace, metric_field.domain(3),
        fields=metric.components, coordinates=metric.coordinates,
    )  # fmt: skip
    assert there_and_back(claim) == claim
    assert claim_hash(there_and_back(claim)) == claim_hash(claim)
