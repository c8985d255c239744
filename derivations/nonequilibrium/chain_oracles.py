"""Small driven chains of given flows, handed to the oracle that goes over their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.driven_chains import DrivenChain, mean_exponential_work, reverse_work_law
from theory.domain import Domain
from theory.models import driven_chain as model
from theory.sums import unfold

SIZES = ((1, 2), (2, 0), (2, 1), (3, 1), (2, 2), (2, 4), (3, 2), (4, 2), (3, 3))
"""Numbers of states and of steps."""
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23)
Flows = dict[tuple[int, int, int], Fraction]


def flows_of(n_states: int, n_steps: int) -> Flows:
    """Free weights S[t, a, b] of a chain, and of a current around the ring in S[t, 0, 0]; they repeat nowhere."""
    return {
        (t, a, b): Fraction(PRIMES[(3 * t + 2 * a + 5 * b) % len(PRIMES)] + t, 1 + (a * b + t) % 4)
        for t in range(n_steps + 1)
        for a in range(n_states + 1)
        for b in range(n_states + 1)
    }


def small_chain(flows: Flows, n_states: int, n_steps: int, *, current: bool) -> DrivenChain:
    """The chain that carries the symmetric part of the flows, and the current if there is one."""
    states = range(1, n_states + 1)

    def flow(t: int, a: int, b: int) -> Fraction:
        around = flows[t, 0, 0] if current and b == a % n_states + 1 else Fraction(0)
        return flows[t, a, b] + flows[t, b, a] + around

    weights = [[sum((flow(t, a, b) for b in states), Fraction(0)) for a in states] for t in range(n_steps + 1)]
    forward = [[[flow(t, a, b) / weights[t][a - 1] for b in states] for a in states] for t in range(n_steps)]
    back = [[[flow(t, a, b) / weights[t][b - 1] for a in states] for b in states] for t in range(n_steps)]
    return DrivenChain(weights=weights, kernels=forward, reverse_kernels=back)


def mean_of_work(expression: Any, domain: Domain, *, current: bool = False) -> Callable[[], Evidence]:
    """Compare an expression for the mean of exp(-W), in a domain of flows, with the sum over every path."""
    return _compared("exp(-W), path by path", expression, domain, current, mean_exponential_work)


def reverse_mean_of_work(expression: Any, domain: Domain, power: int) -> Callable[[], Evidence]:
    """Compare with exp(-dF) times the mean of exp(power W') over the reverse chain, W' the work spent on that one."""

    def value(chain: DrivenChain) -> Fraction:
        mean = sum((chance * factor**-power for factor, chance in reverse_work_law(chain).items()), Fraction(0))
        return chain.ratio * mean

    return _compared("works of the reverse chain, path by path", expression, domain, False, value)


def _compared(
    name: str, expression: Any, domain: Domain, current: bool, value: Callable[[DrivenChain], Fraction]
) -> Callable[[], Evidence]:
    for family, meaning in domain.equations():
        expression = unfold(expression, family, meaning)

    def instances() -> Iterator[Instance]:
        for n_states, n_steps in SIZES:
            flows = flows_of(n_states, n_steps)
            exact = value(small_chain(flows, n_states, n_steps, current=current))
            values: dict[Any, Any] = {model.n_states: n_states, model.n_steps: n_steps}
            values.update({model.flows[place]: flow for place, flow in flows.items()})
            yield Instance(values=values, low=exact, high=exact, label=f"n = {n_states}, T = {n_steps}")

    return lambda: against_oracle(name, expression, instances)
