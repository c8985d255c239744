"""The Jarzynski equality and the Crooks relation: what is proved, and every slip that must be caught."""

from __future__ import annotations

import random
from typing import Any, cast

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.mutation import mutants
from derivations.engine.routes.exact import equal
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.nonequilibrium import chain_oracles, crooks, jarzynski
from theory.models import driven_chain as chain
from theory.statements import Identity
from theory.sums import Inside, Sigma

T, n, t, c = chain.n_steps, chain.n_states, chain.t, chain.c
E, K, B, x, m = chain.energies, chain.kernel, chain.reverse_kernel, chain.states, jarzynski.START
RATIO = chain.partition_function(T) / chain.partition_function(0)


@pytest.mark.parametrize("module", [jarzynski, crooks])
def test_every_step_is_proved_for_any_number_of_states_and_steps(module: Any) -> None:
    d = module.build()
    report = d.verify()
    assert d.stated_steps == 0
    found = {r.step.name: r.status for r in report.steps if r.step.needs_verdict}
    assert found == dict.fromkeys(found, "proved")
    assert {target for step in d for target in step.serves} == set(module.SERVES)


def test_the_equality_is_the_printed_one() -> None:
    d = jarzynski.build()
    claim = cast(Identity, d["Jarzynski equality"].statement)
    assert claim.left == chain.over_paths(chain.forward_law() * sp.exp(-chain.work()))
    assert claim.right == sp.exp(-chain.free_energy_difference_name)
    assert cast(Identity, d["mean of exp(-W)"].statement).right == RATIO


def test_what_it_rests_on_is_no_postulate() -> None:
    d = jarzynski.build()
    assert d["Jarzynski equality"].rests_on == ()
    assert any(step.rule == "postulate" for step in d)


SLIPS_TRIED = 60


def test_slips_anywhere_are_proved_only_where_they_change_nothing() -> None:
    """Slips on either side of every step, put to the exact route alone; what it proves must not be refuted."""
    rng, slips = random.Random(2), []
    for claim in (s.statement for module in (jarzynski, crooks) for s in module.build()):
        for side in ("left", "right") if isinstance(claim, Identity) else ():
            slips += [cast(Identity, claim).replaced(**{side: m.changed}) for m in mutants(getattr(claim, side))]
    proved = [slip for slip in rng.sample(slips, SLIPS_TRIED) if _is_proved(slip)]
    assert len(proved) <= SLIPS_TRIED // 10
    assert [slip for slip in proved if verify(slip).status != "proved"] == []


def _is_proved(claim: Identity) -> bool:
    try:
        return bool(equal(claim.left, claim.right, claim.domain))
    except (UnsupportedError, ValueError):  # no rule, or an end that does not exist
        return False


def mean(law: Any, work: Any) -> Any:
    return chain.over_paths(law * sp.exp(-work))


def law(first: Any, factor: Any) -> Any:
    return first * chain.steps_product(factor)


START = chain.boltzmann(0, x[0])
STEP = K[t - 1, x[t - 1], x[t]]
SLIPS = {
    "the energy changes before the step": mean(
        chain.forward_law(), Sigma(E[t, x[t - 1]] - E[t - 1, x[t - 1]], (t, 1, T))
    ),
    "sign of the work": mean(chain.forward_law(), -chain.work()),
    "the last term is missing": mean(chain.forward_law(), Sigma(chain.work_steps(), (t, 1, T - 1))),
    "the first term is missing": mean(chain.forward_law(), Sigma(chain.work_steps(), (t, 2, T))),
    "a start that is uniform": mean(chain.forward_law(1 / n), chain.work()),
    "a start in the last equilibrium": mean(chain.forward_law(chain.boltzmann(T, x[0])), chain.work()),
    "the kernel of the new energy": mean(law(START, K[t, x[t - 1], x[t]]), chain.work()),
    "states of the kernel exchanged": mean(law(START, K[t - 1, x[t], x[t - 1]]), chain.work()),
    "half the work": mean(chain.forward_law(), chain.work() / 2),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_in_the_equality_is_refuted(name: str) -> None:
    verdict = verify(Identity(SLIPS[name], RATIO, chain.reversible()), timeout=20)
    assert verdict.status == "refuted", verdict
    assert verdict.counterexample is not None


@pytest.mark.parametrize("name", sorted(set(SLIPS) - {"the kernel of the new energy"}))
def test_a_slip_in_the_equality_is_refuted_by_the_oracle(name: str) -> None:
    assert chain_oracles.mean_of_work(SLIPS[name], chain.reversible())().outcome == "refutes"


@pytest.mark.parametrize("upside_down", [1 / RATIO, -RATIO, RATIO * chain.partition_function(0)])
def test_another_ratio_is_refuted(upside_down: Any) -> None:
    left = mean(chain.forward_law(), chain.work())
    assert verify(Identity(left, upside_down, chain.invariant()), timeout=20).status == "refuted"


def test_a_start_in_a_part_of_the_states_is_not_made_good_by_its_normalization() -> None:
    part = Sigma(sp.exp(-E[0, c]), (c, 1, m))
    start = Inside(x[0], 1, m) * sp.exp(-E[0, x[0]]) / part
    claim = mean(chain.forward_law(start), chain.work())
    domain = chain.reversible().extended({m: sp.Range(1, n + 1)})
    assert verify(Identity(claim, chain.partition_function(T) / part, domain), timeout=20).status == "refuted"


def test_weights_of_kernels_without_balance_are_no_exponentials_of_work() -> None:
    left = mean(chain.forward_law(), chain.work())
    assert verify(Identity(left, RATIO, chain.normalized()), timeout=20).status == "refuted"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (chain.forward_law() * sp.exp(chain.work()), RATIO * chain.reverse_law()),
        (chain.forward_law() * sp.exp(-chain.work()), chain.reverse_law() / RATIO),
        (chain.forward_law() * sp.exp(-chain.work()), RATIO * chain.reverse_law(K)),
        (chain.forward_law(), RATIO * chain.reverse_law() * sp.exp(-chain.work())),
    ],
)
def test_a_slip_in_the_relation_for_one_path_is_refuted(left: Any, right: Any) -> None:
    every_path = chain.balanced().extended(chain.path_set())
    assert verify(Identity(left, right, every_path), timeout=20).status == "refuted"


def test_a_slip_in_the_moments_of_both_works_is_refuted_by_the_oracle() -> None:
    left = cast(Identity, crooks.build()["a moment of both works under detailed balance"].statement).left
    right_power = chain_oracles.reverse_mean_of_work(left, chain.reversible(), crooks.POWER)()
    assert right_power.outcome == "agrees", right_power
    assert chain_oracles.reverse_mean_of_work(left, chain.reversible(), crooks.POWER - 1)().outcome == "refutes"
    assert chain_oracles.mean_of_work(left, chain.reversible())().outcome == "refutes"
