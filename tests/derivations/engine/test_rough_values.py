"""Rough values agree with an oracle of other makings; what has none is refused; they turn no verdict."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from mpmath import mp

from derivations.engine.repairs import screen
from derivations.engine.repairs.rough_values import RoughlyUnknownError, rough
from derivations.engine.verify import verify
from derivations.evaluation.meanings import MEANINGS
from derivations.oracles.evaluated import evaluator
from theory import Domain, Identity
from theory.averages import GaussianMean
from theory.sums import Sigma

x, a, z, y = sp.symbols("x a z y", real=True)
k = sp.Symbol("k", integer=True)
f = sp.Function("f")
POINT: dict[Any, Any] = {x: sp.Rational(1, 3), a: sp.Rational(3, 2)}

EXPRESSIONS = [
    sp.tanh(a * x) ** 2 + sp.log(2 * sp.cosh(x)) / a - sp.erf(x) * sp.gamma(a),
    sp.sqrt(x - a) * sp.exp(sp.I * x),
    sp.Integral(sp.exp(-a * z**2 + x * z), (z, -sp.oo, sp.oo)),
    sp.Integral(z**3 * sp.exp(-a * z), (z, 0, sp.oo)),
    sp.Integral(1 / (1 + z**2), (z, x, sp.oo)),
    sp.Integral(z ** sp.Rational(1, 3), (z, 0, a)),
    sp.Integral(z * y * sp.exp(-z * y), (y, 0, z), (z, 0, a)),
    sp.Integral(z, (z, a, x)),
    GaussianMean(sp.tanh(a * z + x) ** 2, z, 2),
    GaussianMean(GaussianMean(sp.exp(-((z + y) ** 2)), z, a), y, x),
    Sigma(sp.sin(k * x), (k, 1, 7)),
    sp.Sum(sp.Integral(z**k, (z, 0, a)), (k, 0, 4)),
    Sigma(k, (k, 4, 2)),
    sp.Derivative(sp.log(sp.cosh(a * x)), (x, 2)),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_rough_values_agree_with_the_oracle(expression: sp.Expr) -> None:
    expected = complex(evaluator(expression, MEANINGS)({n: mp.mpf(v.p) / v.q for n, v in POINT.items()}))
    assert rough(expression, {n: complex(v) for n, v in POINT.items()}) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "expression",
    [
        f(x), f(x).diff(x), sp.zeta(a), 1 / (x - 1 / sp.Integer(3)),
        sp.Sum(1 / k**2, (k, 1, sp.oo)), sp.Sum(k, (k, 1, 10**6)), y, sp.Sum(k, (k, 4, 2)),
        sp.exp(sp.exp(sp.exp(9 * a))),
    ],
    ids=str,
)  # fmt: skip
def test_what_has_no_rough_value_is_refused(expression: sp.Expr) -> None:
    with pytest.raises(RoughlyUnknownError):
        rough(expression, {n: complex(v) for n, v in POINT.items()})


def test_wrong_rough_values_cost_a_repair_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Identity(
        GaussianMean(z * sp.tanh(x * z), z, 1), x * GaussianMean(1 - sp.tanh(x * z), z, 1), Domain({x: (0, 2)})
    )
    from derivations.engine.examine import answered

    monkeypatch.setattr(screen, "rough", lambda *_: 1.0)
    verdict = answered(claim, 30.0, 0)
    assert verdict.status == "refuted"
    if verdict.repair is not None:
        assert verify(verdict.repair.statement).holds is True
