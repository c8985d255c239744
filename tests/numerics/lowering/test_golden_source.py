"""Generated sources as they were when last looked at, so that a change of SymPy or of the printer shows.

python tests/numerics/lowering/test_golden_source.py     writes them anew; then read the difference
"""

from __future__ import annotations

from pathlib import Path

import pytest
import sympy as sp

from numerics.lowering import lower
from theory.models import multilayer as model

GOLDEN = Path(__file__).parent / "golden"


def free_entropy_integrand() -> str:
    """Integrand of a replica-symmetric free entropy: log 2 cosh of a Gaussian field, with its weight."""
    beta, q, z = sp.symbols("beta q z", positive=True)
    weight = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)
    return lower(weight * sp.log(2 * sp.cosh(beta * sp.sqrt(q) * z)), (beta, q, z)).source


def bond() -> str:
    """Bond between two layers of the scaled Hessian, from its derivation."""
    from derivations.spin_glass.results import symmetrized_bond

    j = model.j
    entries = (model.layer_sizes[j - 1], model.layer_sizes[j], model.weight_variances[j])
    return lower(symmetrized_bond(), (model.inverse_temperature, *entries)).source


def least_eigenvalue() -> str:
    """Least eigenvalue of the Hessian of equal layers, from its derivation."""
    from derivations.spin_glass.results import equal_layer_least_eigenvalue

    arguments = (model.inverse_temperature, model.layer_size, model.weight_variance, model.n_bonds)
    return lower(equal_layer_least_eigenvalue(), arguments).source


SOURCES = {"free_entropy_integrand": free_entropy_integrand, "bond": bond, "least_eigenvalue": least_eigenvalue}


@pytest.mark.parametrize("name", SOURCES)
def test_the_source_is_the_golden_one(name: str) -> None:
    assert SOURCES[name]() == (GOLDEN / f"{name}.py.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for each, source in SOURCES.items():
        (GOLDEN / f"{each}.py.txt").write_text(source(), encoding="utf-8")
