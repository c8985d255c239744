"""What is written comes back the same; what is not on the list, too deep, too long or malformed is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy as sp

from derivations.identities.collection import FAMILIES
from theory import Definition, Domain, Identity, Postulate
from theory.averages import GaussianMean
from theory.interchange import Decoder, Encoder, InterchangeError
from theory.sums import Sigma
from theory.symbols import family

x = sp.Symbol("x", real=True)
k, n = sp.symbols("k n", integer=True, positive=True)
q = family("q", real=True)
f = sp.Function("f")
ALL = Domain({x: (-1, 1), n: sp.Range(1, 9), q: (0, 1)})


def there_and_back(expression: Any) -> Any:
    encoder = Encoder()
    data = encoder.expression(expression)
    table, data = json.loads(json.dumps([encoder.symbols, data]))
    return Decoder(table).expression(data)


@pytest.mark.parametrize(
    "expression",
    [
        sp.Rational(-7, 3) * x ** sp.Rational(1, 2),
        sp.Add(1, 1, evaluate=False),
        sp.Mul(2, x + 1, evaluate=False),
        sp.Pow(sp.exp(x), 2, evaluate=False),
        Sigma(q[k] ** 2, (k, 1, n)) / 2,
        GaussianMean(sp.tanh(x), x, n),
        sp.Integral(sp.exp(-(x**2)), (x, -sp.oo, sp.oo)),
        sp.Derivative(f(x), (x, 2)) + f(0),
        sp.Derivative(x**2, x),
        sp.Piecewise((x, x > 0), (0, True)),
        sp.Eq(x, x, evaluate=False),
        sp.Interval(0, sp.oo, left_open=True),
        sp.Range(1, n + 1),
        sp.FiniteSet(-1, 1),
        sp.ImmutableMatrix([[x, 1], [sp.I, sp.pi]]),
        sp.Integer(10) ** 400,
        sp.KroneckerDelta(k, n),
    ],
    ids=str,
)
def test_an_expression_comes_back_as_it_was(expression: Any):
    assert there_and_back(expression) == expression


def test_a_dummy_is_one_dummy_wherever_it_stands():
    d = sp.Dummy("d", real=True)
    (back,) = (there_and_back(d**2 + sp.sin(d)).free_symbols,)
    assert len(back) == 1


def test_symbols_keep_their_assumptions():
    back = there_and_back(sp.Symbol("x", positive=True, integer=True) + x)
    assert back == sp.Symbol("x", positive=True, integer=True) + x


def test_every_known_identity_comes_back_as_it_was():
    for identity in (i for group in FAMILIES for i in group.identities):
        encoder = Encoder()
        data = encoder.statement(identity.statement)
        table, data = json.loads(json.dumps([encoder.symbols, data]))
        assert Decoder(table).statement(data) == identity.statement, identity.name


@pytest.mark.parametrize(
    "statement",
    [
        Definition(q[k], x * k),
        Postulate(name="ansatz", claim="q is symmetric.", justification="Symmetry.", test="The Hessian."),
        Identity(q[n], q[n] + 0, ALL.extended(constraints=[sp.Lt(x, n)])),
    ],
    ids=lambda s: type(s).__name__,
)
def test_definitions_postulates_and_constraints_come_back(statement: Any):
    encoder = Encoder()
    data = json.loads(json.dumps(encoder.statement(statement)))
    assert Decoder(encoder.symbols).statement(data) == statement


@pytest.mark.parametrize("name", ['__import__("os")', "a;b", "", "f(x)", "x" * 500, 'a"b', "__class__"])
def test_a_name_that_is_code_is_refused_in_both_directions(name: str):
    if name:
        with pytest.raises(InterchangeError, match="expected a name"):
            Encoder().expression(sp.Symbol(name))
    with pytest.raises(InterchangeError, match="expected a name"):
        Decoder([{"name": name, "assumptions": {}}])


def nested(depth: int) -> Any:
    data: Any = ["Symbol", 0]
    for _ in range(depth):
        data = ["sin", data]
    return data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (["os.system", 1], "has no place"),
        (["Lambda", ["Symbol", 0], 1], "has no place"),
        (["Symbol", 7], "expected the place"),
        (["Symbol", True], "expected the place"),
        (["sin", 1, 2, 3], "none"),
        (["Rational", 1], "none"),
        (["Rational", 1, 1.5], "expected an integer"),
        ("x", "as a list"),
        (1.5, "as a list"),
        ({"expression": 1}, "as a list"),
        ([], "starts with its name"),
        (["Add", 1], "not what a derivation holds"),
        (["Matrix", 2, 2, 1], "none"),
        (["Function", "f(x)", {}, 1], "expected a name"),
        (["Function", "f", {"nonsense": True}, 1], "assumptions"),
        (nested(400), "nested deeper"),
        (["sin", nested(3), {"a": 1}], "as a list"),
    ],
    ids=lambda v: str(v)[:30],
)
def test_malformed_data_is_refused(data: Any, message: str):
    with pytest.raises(InterchangeError, match=message):
        Decoder([{"name": "x", "assumptions": {}}]).expression(data)


def test_what_is_too_deep_or_unknown_is_not_written():
    deep: Any = x
    for _ in range(300):
        deep = sp.sin(deep)
    with pytest.raises(InterchangeError, match="nested deeper"):
        Encoder().expression(deep)
    with pytest.raises(InterchangeError, match="has no place"):
        Encoder().expression(sp.Lambda(x, x))
    with pytest.raises(InterchangeError, match="has no place"):
        Encoder().expression(sp.Float("0.5") + x)


def test_a_statement_with_other_fields_or_without_sense_is_refused():
    encoder = Encoder()
    data = encoder.statement(Identity(x, x, ALL))
    with pytest.raises(InterchangeError, match="has the fields"):
        Decoder(encoder.symbols).statement({**data, "fields": {**data["fields"], "extra": 1}})
    with pytest.raises(InterchangeError, match="no kind of statement"):
        Decoder(encoder.symbols).statement({**data, "kind": "Statement"})
    bare = {**data["fields"], "domain": {"domain": {"sets": [], "constraints": []}}}
    with pytest.raises(InterchangeError, match="not in its domain"):
        Decoder(encoder.symbols).statement({**data, "fields": bare})


def test_contradictory_assumptions_are_refused():
    with pytest.raises(InterchangeError, match="contradict"):
        Decoder([{"name": "x", "assumptions": {"positive": True, "negative": True}}])
