"""Moments of products of replicated spins on one site, and the covariance of two such products.

Every squared spin is 1, so that a product of spins depends only on the replicas that occur an odd number of times.
Given the Gaussian field that decouples the replicas, each of those contributes the magnetization of one spin.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.pair_kernels import PairKernel, Slots
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.hubbard_stratonovich import one_spin
from derivations.rules.pair_sectors import pairs_domain
from theory.averages import ConfigurationSum, GaussianMean
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Sigma
from theory.symbols import family


@rule(
    "moments of pair products",
    "A Gaussian field decouples the replicas. Squared spins are 1, and each replica that is left over contributes the "
    "magnetization of one spin in that field.",
)
def pair_moments(
    *, spin: sp.IndexedBase, slots: Slots, n_replicas: sp.Symbol, curvature: sp.Symbol, field: sp.Symbol
) -> Inference:
    """Sums over the replicas of one site with weight exp(x M^2 / 2 + field M), M the sum of the spins.

    The claim is that of s_a s_b s_c s_d, the obligations are those of s_a s_b and of no spin; the result holds the
    means of (2 cosh)^m tanh^r for r = 0, 2, 4.
    """
    replica, z = sp.Symbol("r", integer=True), sp.Symbol("z", real=True)
    magnetization = Sigma(spin[replica], (replica, 1, n_replicas))
    weight = sp.exp(curvature * magnetization**2 / 2 + field * magnetization)
    trace = ConfigurationSum(weight, spin, (replica, 1, n_replicas))
    moments = [GaussianMean(one_spin_power(z + field, n_replicas, r), z, curvature) for r in (0, 2, 4)]
    kernel = PairKernel(same=moments[0], one=moments[1], none=moments[2])
    domain = pairs_domain(slots, n_replicas).extended({curvature: (0, 2), field: (-1, 1)})
    whole, pair, alone = (_with_spins(trace, spin, places) for places in (slots, slots[:2], ()))
    fewer = (Identity(pair, moments[1], domain.restricted(pair)), Identity(alone, moments[0], domain.restricted(alone)))
    return Inference(statement=Identity(whole, kernel.at(*slots), domain), result=tuple(moments), obligations=fewer)


def _with_spins(trace: ConfigurationSum, spin: sp.IndexedBase, places: tuple[Any, ...]) -> Any:
    """The sum with a product of spins in front of the weight."""
    return trace.with_body(sp.Mul(*[spin[p] for p in places]) * trace.body)


def one_spin_power(field: Any, count: Any, magnetizations: int) -> Any:
    """The sum over ``count`` spins in a field, times a power of the magnetization of one."""
    name = sp.Dummy("u", real=True)
    total = cast(Any, one_spin(name))
    magnetization = sp.tanh(name)
    return (total**count * magnetization**magnetizations).subs(name, field)


@rule(
    "response is covariance",
    "The second derivative of the logarithm of a sum of exponentials by two couplings is the covariance of what they "
    "couple to.",
)
def pair_response(
    *, spin: sp.IndexedBase, slots: Slots, source: sp.IndexedBase, n_replicas: sp.Symbol, field: sp.Symbol
) -> Inference:
    """Second derivative of the log of the one-site sum by ``source[a, b]`` and ``source[c, d]``, a < b and c < d.

    The result holds the sums with four spins, with those of each pair, and with none.
    """
    a, b, c, d = slots
    weight = ConfigurationSum(sp.exp(_coupled(spin, source, n_replicas, field)), spin, (a, 1, n_replicas))
    response = FieldDerivative(sp.log(weight), source[a, b], source[c, d])
    both, first, second = (_with_spins(weight, spin, places) for places in (slots, slots[:2], slots[2:]))
    domain = pairs_domain(slots, n_replicas).extended({source: (0, 2), field: (-1, 1)})
    return Inference(
        statement=Identity(weight**2 * response, weight * both - first * second, domain),
        result=(both, first, second, weight),
    )


def _coupled(spin: sp.IndexedBase, source: sp.IndexedBase, count: Any, field: Any) -> Any:
    """The exponent of one site: every pair of replicas coupled once, and a field on every replica."""
    a, b = sp.symbols("a b", integer=True)
    pairs = Sigma(source[a, b] * spin[a] * spin[b], (a, 1, count - 1), (b, a + 1, count))
    return pairs + field * Sigma(spin[a], (a, 1, count))


@rule(
    "covariance of pair products",
    "Where all pairs are coupled alike, the products of spins have the moments of one spin in a Gaussian field.",
)
def pair_covariance(response: Step, moments: Step, *, slots: Slots, moment: sp.IndexedBase) -> Inference:
    """Covariance of s_a s_b and s_c s_d at the replica-symmetric point, in the moments ``moment[r]`` of one spin.

    ``moment[r]`` is the mean of (2 cosh)^m tanh^r over that of (2 cosh)^m.
    """
    total = family("M", positive=True)
    both, first, second, weight = response.result
    spin = cast(sp.IndexedBase, weight.family)
    by_name = dict(zip(moments.result, (total[0], total[2], total[4]), strict=True))
    expected = [_with_spins(weight, spin, places) for places in (slots, slots[:2], slots[2:])]
    if [both, first, second] != expected:
        raise ValueError(f"expected sums over the spins of two pairs, found {response.result}")
    four_spins = sp.Add.make_args(cast(Identity, moments.statement).right.xreplace(by_name))
    covariance = sp.Add(*[term / total[0] for term in four_spins]) - (total[2] / total[0]) ** 2
    two, four = moment[2], moment[4]
    kernel = PairKernel(same=1 - two**2, one=two - two**2, none=four - two**2).at(*slots)
    value = kernel.xreplace({two: total[2] / total[0], four: total[4] / total[0]})
    domain = cast(Identity, moments.statement).domain.extended({total: (1, 2)})
    return Inference(statement=Identity(covariance, value, domain.restricted(covariance, value)), result=kernel)
