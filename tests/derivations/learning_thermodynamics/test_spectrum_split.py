"""What the approximations of large and small eigenvalues leave out: exact remainders, sharp bounds, and wrong ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.learning_thermodynamics import spectrum_split
from derivations.rules.equilibrium_path import recounted
from derivations.rules.spectral_remainder import left_out, settled_term
from theory import Definition, Domain, Inequality
from theory.models import learning as model
from theory.sums import Sigma, unroll
from theory.symbols import family

SPLIT = spectrum_split.build()
beta, N, large, small = model.inverse_temperature, model.n_neurons, model.n_large, model.n_small
BOUNDS = [s for s in SPLIT if isinstance(s.statement, Inequality)]
SPECTRUM = (40.0, 11.0, 3.0, 0.4, 0.02)


def value(step: str, temperature: float, first: int, spectrum: tuple[float, ...] = SPECTRUM) -> float:
    derived: Any = SPLIT[step].result
    sizes = {N: len(spectrum), large: first, small: len(spectrum) - first}
    written: Any = unroll(derived.subs(sizes), lambda atom: atom)
    point = {model.eigenvalues[k + 1]: v for k, v in enumerate(spectrum)} | {beta: temperature}
    return float(written.xreplace(point))


def of_all(temperature: float, spectrum: tuple[float, ...] = SPECTRUM) -> dict[str, float]:
    """Free energy, mean loss, entropy and minus the Laplacian, by NumPy."""
    r = temperature * np.array(spectrum)
    log_z = -np.log1p(r).sum() / 2 + len(r) * np.log(2 * np.pi) / 2
    loss = (r / (1 + r)).sum() / (2 * temperature)
    return {
        "free energy": -log_z / temperature,
        "mean loss": loss,
        "entropy": log_z + temperature * loss,
        "Laplacian": temperature / 2 * ((1 + r) ** -2).sum(),
    }


@pytest.mark.parametrize("first", [1, 2, 3, 4])
@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
def test_what_is_left_out_is_the_difference_for_any_split(temperature: float, first: int) -> None:
    exact = of_all(temperature)
    kept = {
        "free energy": value("free energy of large eigenvalues", temperature, first),
        "mean loss": value("mean loss", temperature, first),
        "entropy": value("thermodynamic entropy", temperature, first) + value("complexity", temperature, first),
        "Laplacian": value("minus the Laplacian by the number of small eigenvalues", temperature, first),
    }
    for name, whole in exact.items():
        remainder = value(f"what the {name} leaves out", temperature, first)
        assert remainder == pytest.approx(whole - kept[name], abs=1e-12)
        assert abs(remainder) < value(f"remainder of the {name}", temperature, first)


@pytest.mark.parametrize("step", BOUNDS, ids=lambda s: s.name)
def test_a_bound_holds_and_half_of_it_does_not(step: Any) -> None:
    claim: Any = step.statement
    assert verify(claim).holds is True
    assert verify(claim.replaced(right=claim.right / 2)).status == "refuted"
    for other in step.obligations:
        assert verify(other).holds is True


def test_recounted_changes_the_free_energy_unless_the_eigenvalue_is_at_the_temperature() -> None:
    step: Any = SPLIT["one more large eigenvalue"]
    assert step.rule == recounted.name
    assert verify(step.statement).holds is True
    assert verify(step.statement.replaced(right=step.result / 2)).status == "refuted"
    next_one = model.eigenvalues[large + 1]
    assert sp.simplify(step.result.xreplace({next_one: 1 / beta})) == 0


def test_one_eigenvalue_at_the_temperature_spoils_the_approximation() -> None:
    near = of_all(1.0, (1e6, 1.0))["free energy"] - value("free energy of large eigenvalues", 1.0, 1, (1e6, 1.0))
    assert near == pytest.approx(np.log(2) / 2, abs=1e-5)
    far = of_all(1.0, (1e6, 1e-6))["free energy"] - value("free energy of large eigenvalues", 1.0, 1, (1e6, 1e-6))
    assert abs(far) < 1e-5


def test_the_sum_of_thermodynamic_entropy_and_complexity_is_never_below_the_entropy() -> None:
    bodies = sp.Add.make_args(SPLIT["what the entropy leaves out"].result)
    for body in bodies:
        claim = Inequality(body, 0, model.split_domain().restricted(body), relation="<")
        assert verify(claim.replaced(relation=">")).status == "refuted"


def test_a_remainder_that_is_not_one_of_single_eigenvalues_is_refused() -> None:
    d = Derivation("test")
    one = d.define(Definition(sp.Symbol("X"), Sigma(model.eigenvalues[model.i], model.NEURONS) + beta), name="one")
    other = d.define(Definition(sp.Symbol("Y"), Sigma(model.eigenvalues[model.i], model.LARGE)), name="other")
    with pytest.raises(ValueError, match="beta is left"):
        d.apply(left_out, one, other, number=N, domain=model.split_domain(), **spectrum_split.PARTS)


def test_a_term_that_grows_without_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="settles"):
        settled_term(term=model.eigenvalue, eigenvalue=model.eigenvalue, about=sp.oo, domain=model.split_domain())


def test_sums_over_different_ranges_are_compared_one_by_one() -> None:
    x, i, n, m = family("x", positive=True), model.i, *sp.symbols("n m", integer=True, positive=True)
    known = Domain({x: (0, sp.oo), n: sp.Range(1, sp.oo), m: sp.Range(1, sp.oo)})
    left = Sigma(sp.log(1 + x[i]), (i, 1, n)) + Sigma(sp.log(1 + x[i]), (i, n + 1, n + m))
    right = Sigma(x[i], (i, 1, n)) + Sigma(x[i], (i, n + 1, n + m))
    assert verify(Inequality(left, right, known, relation="<")).status == "proved"
    lower = Sigma(x[i], (i, 1, n)) + Sigma(x[i] / 2, (i, n + 1, n + m))
    assert verify(Inequality(left, lower, known)).status == "refuted"
