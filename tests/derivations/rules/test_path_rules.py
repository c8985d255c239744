"""Rules about weights of paths, on a chain with other letters than that of the catalogue, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.derivation import Derivation
from derivations.engine.rule import Inference
from derivations.engine.step import Step
from derivations.rules.detailed_balance import balance, heat_of_steps, invariance
from derivations.rules.path_means import (
    at_exponent,
    in_free_energies,
    kernels_with_currents,
    over_all_paths,
    sum_put_in,
    under_detailed_balance,
    weighted_law,
)
from derivations.rules.path_weights import importance_weight
from derivations.rules.reverse_work import work_distributions, work_taken_back
from derivations.rules.summed_paths import states_summed_over
from derivations.rules.telescoped_work import telescoped
from theory.domain import Domain
from theory.paths import PathSum
from theory.statements import Definition, Identity
from theory.sums import Sigma
from theory.symbols import family

s, k, l, N = (sp.Symbol(name, integer=True) for name in ("s", "k", "l", "N"))
z, U, M, G, A = (
    family("z", integer=True), family("U", real=True), family("M", real=True), family("G", real=True),
    family("A", real=True),
)  # fmt: skip
RANGE = (s, 1, N)
SETS: dict[Any, Any] = {
    N: sp.Range(0, sp.oo), U: (-sp.oo, sp.oo), A: (0, sp.oo), M: (0, sp.oo), G: (0, sp.oo), z: sp.Range(1, 4)
}  # fmt: skip
BALANCED = Domain(
    SETS, [sp.Eq(M[s, k, l], A[s, k, l] * sp.exp(2 * U[s, k])), sp.Eq(G[s, l, k], A[s, k, l] * sp.exp(2 * U[s, l]))]
)
PATHS = lambda body: PathSum(body, z, sp.Integer(3), (s, 0, N))  # noqa: E731


def step(name: str, expression: Any) -> Step:
    return Derivation("d").define(Definition(sp.Symbol(name), expression))


def status(claim: Any) -> str:
    return verify(claim).status


def after(inference: Inference) -> Step:
    d = Derivation("d")
    (rule_step,) = [d.append("found", statement=inference.statement, rule="r", reason="", result=inference.result)]
    return rule_step


FORWARD = step("p", sp.exp(-2 * U[0, z[0]]) * sp.Product(M[s - 1, z[s - 1], z[s]], RANGE))
REVERSE = step("r", sp.exp(-2 * U[N, z[N]]) * sp.Product(G[s - 1, z[s], z[s - 1]], RANGE))
WORK = Sigma(2 * U[s, z[s]] - 2 * U[s - 1, z[s]], RANGE)


def weight() -> Step:
    return after(importance_weight(FORWARD, REVERSE, domain=Domain(SETS)))


def balanced() -> Step:
    places = {s: sp.S.Integers, k: sp.Range(1, 4), l: sp.Range(1, 4)}
    domain = BALANCED.extended(places)
    return after(balance(weight=sp.exp(-2 * U[s, k]), forward=M[s, k, l], backward=G[s, l, k], domain=domain))


def energies() -> Step:
    return after(heat_of_steps(weight(), balanced(), domain=BALANCED))


def test_a_weight_becomes_the_exponential_of_the_work() -> None:
    found = after(telescoped(energies(), domain=BALANCED))
    assert found.result == sp.exp(-WORK)
    for each in (weight(), balanced(), energies(), found):
        assert status(each.statement) == "proved"


def test_a_kernel_in_balance_with_a_normalized_one_leaves_its_weight_invariant() -> None:
    share = A[s, k, l] / Sigma(A[s, k, l], (k, 1, 3))
    forward = share * sp.exp(2 * U[s, k] - 2 * U[s, l])
    found = invariance(
        balanced(), n_states=3, domain=Domain(SETS, [sp.Eq(M[s, k, l], forward), sp.Eq(G[s, l, k], share)])
    )
    assert status(found.statement) == status(found.obligations[0]) == "proved"
    without = invariance(balanced(), n_states=3, domain=BALANCED)
    assert status(without.statement) == status(without.obligations[0]) == "refuted"


def test_the_law_of_the_paths_times_the_weight_is_the_other_law() -> None:
    found = weighted_law(
        after(telescoped(energies(), domain=BALANCED)), sampled=FORWARD, wanted=REVERSE, scale=sp.S.One, domain=BALANCED
    )
    assert found.result == sp.exp(-WORK)
    assert status(found.statement) == "proved"


def laws() -> dict[str, Any]:
    return {"sampled": FORWARD, "wanted": REVERSE, "scale": sp.S.One, "paths": PATHS, "domain": BALANCED}


def test_functionals_of_paths_are_summed_on_both_sides() -> None:
    weighted = after(telescoped(energies(), domain=BALANCED))
    found = over_all_paths(weighted, functional=U[0, z[0]] ** 2, **laws())
    assert status(found.statement) == "proved"
    wrong = over_all_paths(weighted, functional=U[0, z[0]] ** 2, reverse=U[0, z[N]] ** 2, **laws())
    assert status(wrong.statement) == "refuted"
    same = after(under_detailed_balance(after(found), domain=BALANCED))
    assert same.statement == after(kernels_with_currents(after(found), domain=BALANCED)).statement == found.statement


def test_states_are_summed_over_where_rows_sum_to_one() -> None:
    rows = Domain(SETS, [sp.Eq(G[s, l, k], A[s, l, k] / Sigma(A[s, l, k], (k, 1, 3)))])
    choices: dict[str, Any] = {"row": (G[s, l, k], k, sp.Integer(3)), "start": z[N], "paths": PATHS}
    found = states_summed_over(REVERSE, functional=U[N, z[N]], **choices, domain=rows)
    assert all(status(claim) == "proved" for claim in (found.statement, *found.obligations))
    missing = states_summed_over(REVERSE, functional=U[N, z[N]], **choices, domain=BALANCED)
    assert status(missing.statement) == status(missing.obligations[0]) == "refuted"
    total = states_summed_over(REVERSE, **choices, domain=rows)
    assert status(total.obligations[1]) == "refuted", "the weights of the start do not sum to one"


def test_a_known_sum_is_put_in_and_named() -> None:
    total = Identity(PATHS(REVERSE.result), Sigma(sp.exp(-2 * U[N, k]), (k, 1, 3)), BALANCED)
    equality = Identity(PATHS(FORWARD.result), 2 * total.left, BALANCED)
    d = Derivation("d")
    known, first = (
        d.append(name, statement=claim, rule="r", reason="") for name, claim in (("a", total), ("b", equality))
    )
    found = d.append("c", statement=sum_put_in(first, known, domain=BALANCED).statement, rule="r", reason="")
    assert found.statement == Identity(equality.left, 2 * total.right, BALANCED)
    with pytest.raises(ValueError, match="expected the sum"):
        sum_put_in(known, first, domain=BALANCED)
    difference = d.define(Definition(sp.Symbol("D", real=True), -sp.log(total.right)))
    named = in_free_energies(found, difference, ratio=total.right, domain=BALANCED)
    assert named.statement.right == 2 * sp.exp(-sp.Symbol("D", real=True))  # pyright: ignore
    assert sp.Eq(difference.defines, difference.result, evaluate=False) in named.statement.domain.constraints  # pyright: ignore


def test_work_is_taken_back_by_the_reverse_protocol() -> None:
    work = step("W", WORK)
    found = work_taken_back(work, last=N, domain=Domain(SETS))
    assert status(found.statement) == "proved"
    shifted = work_taken_back(work, last=N + 1, domain=Domain(SETS))
    assert status(shifted.statement) == "refuted"
    u = sp.Symbol("u", real=True)
    told = laws() | {"domain": BALANCED.extended({u: (-1, 1)})}
    weighted = after(telescoped(energies(), domain=BALANCED))
    both = work_distributions(weighted, work, after(found), exponent=u, **told)
    assert status(both.statement) == "proved"
    assert "P_r(-W)" in both.remark
    at_two = at_exponent(after(both), exponent=u, value=sp.Integer(2), domain=BALANCED)
    assert status(at_two.statement) == "proved"


def test_what_is_no_law_of_paths_is_refused() -> None:
    with pytest.raises(ValueError, match="one product"):
        importance_weight(step("p", sp.exp(-U[0, z[0]])), REVERSE, domain=Domain(SETS))
    longer = step("p", sp.Product(M[s - 1, z[s - 1], z[s]], (s, 1, N + 1)))
    with pytest.raises(ValueError, match="the same steps"):
        importance_weight(longer, REVERSE, domain=Domain(SETS))


def test_kernels_out_of_balance_are_refused() -> None:
    other = step("r", sp.exp(-2 * U[N, z[N]]) * sp.Product(G[s - 1, z[s - 1], z[s]], RANGE))
    ratio = after(importance_weight(FORWARD, other, domain=Domain(SETS)))
    with pytest.raises(ValueError, match="reverse of the step"):
        heat_of_steps(ratio, balanced(), domain=BALANCED)
    upside_down = after(importance_weight(REVERSE, FORWARD, domain=Domain(SETS)))
    with pytest.raises(ValueError, match="expected a ratio of the kernels"):
        heat_of_steps(upside_down, balanced(), domain=BALANCED)


def test_ends_that_do_not_match_are_refused() -> None:
    heat = Sigma(U[s - 1, z[s]] - U[s - 1, z[s - 1]], RANGE)
    for ends in (U[0, z[0]] - 2 * U[N, z[N]], U[0, z[0]] + U[N, z[N]], U[1, z[1]] - U[N, z[N]]):
        with pytest.raises(ValueError, match=r"ends of|expected a term"):
            telescoped(step("w", sp.exp(ends) * sp.exp(heat)), domain=Domain(SETS))
    with pytest.raises(ValueError, match="one sum over the steps"):
        telescoped(step("w", sp.exp(U[0, z[0]])), domain=Domain(SETS))
