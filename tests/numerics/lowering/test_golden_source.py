"""Generated sources as they were when last looked at, so that a change of SymPy or of the printer shows.

python tests/numerics/lowering/test_golden_source.py     writes them anew, and shows what is different
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from numerics.lowering import taylor_program
from numerics.lowering.backends import BACKENDS
from numerics.lowering.lowered import written
from theory.averages import GaussianMean
from theory.models import multilayer as model

Formula = Callable[[str], str]
GOLDEN = Path(__file__).parents[2] / "golden"


def source_of(expression: Any, arguments: tuple[Any, ...], backend: str) -> str:
    """What is written, whether or not there is a compiler."""
    return written(expression, arguments, backend=BACKENDS[backend], domain=None, accuracy="fast").source


def free_entropy_integrand(backend: str) -> str:
    """Integrand of a replica-symmetric free entropy: log 2 cosh of a Gaussian field, with its weight."""
    beta, q, z = sp.symbols("beta q z", positive=True)
    weight = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)
    return source_of(weight * sp.log(2 * sp.cosh(beta * sp.sqrt(q) * z)), (beta, q, z), backend)


def bond(backend: str) -> str:
    """Bond between two layers of the scaled Hessian, from its derivation."""
    from derivations.spin_glass.results import symmetrized_bond

    j = model.j
    entries = (model.layer_sizes[j - 1], model.layer_sizes[j], model.weight_variances[j])
    return source_of(symmetrized_bond(), (model.inverse_temperature, *entries), backend)


def least_eigenvalue(backend: str) -> str:
    """Least eigenvalue of the Hessian of equal layers, from its derivation."""
    from derivations.spin_glass.results import equal_layer_least_eigenvalue

    arguments = (model.inverse_temperature, model.layer_size, model.weight_variance, model.n_bonds)
    return source_of(equal_layer_least_eigenvalue(), arguments, backend)


def gaussian_tail(backend: str) -> str:
    """Logarithm of a Gaussian tail, as in the volume of a perceptron's solutions."""
    field = sp.Symbol("field", real=True)
    return source_of(sp.log(sp.erfc(field / sp.sqrt(2)) / 2), (field,), backend)


def polynomial(backend: str) -> str:
    """A sum of powers with rational factors."""
    q, z = sp.symbols("q z", positive=True)
    terms = (sp.Rational(1, k + 1) * z**k * (1 + q) ** (k % 5) for k in range(24))
    return source_of(sp.Add(*terms), (q, z), backend)


def correlated_signs(backend: str) -> str:
    """Branches, corners and inverse functions in one."""
    x, y = sp.symbols("x y", real=True)
    kernel = sp.Piecewise((2 * sp.asin(x) / sp.pi, sp.Abs(x) <= 1), (sp.sign(x), True))
    return source_of(kernel * sp.Max(x, y) + sp.Min(x, y, 3), (x, y), backend)


def langevin(backend: str) -> str:
    """Magnetization of a classical spin, coth(x) - 1/x: a series near zero."""
    x = sp.Symbol("x", real=True)
    return source_of(sp.coth(x) - 1 / x, (x,), backend)


def melting_temperature(backend: str) -> str:
    """Temperature of melting of equal layers, from its derivation."""
    from derivations.spin_glass.results import equal_layer_critical_temperature

    return source_of(equal_layer_critical_temperature(), (model.weight_variance, model.n_bonds), backend)


def overlap_map(backend: str) -> str:
    """Right-hand side of the replica-symmetric overlap equation: a Gaussian mean."""
    beta, q, h, z = sp.symbols("beta q h z", positive=True)
    return source_of(GaussianMean(sp.tanh(beta * (sp.sqrt(q) * z + h)) ** 2, z, 1), (beta, q, h), backend)


def tridiagonal_hessian(backend: str) -> str:
    """A matrix of concrete size, with entries that are constants."""
    a, b = sp.symbols("a b", real=True)
    return source_of(sp.Matrix(4, 4, lambda i, j: {0: a, 1: -b}.get(abs(i - j), 0)), (a, b), backend)


def truncated_exponential(backend: str) -> str:
    """A sum whose bound is an argument, with what it shares computed before the loop."""
    x, k = sp.symbols("x k", real=True)
    n = sp.Symbol("n", integer=True, nonnegative=True)
    return source_of(sp.Sum(sp.exp(-x) * x**k / (1 + k**2), (k, 0, n)), (x, n), backend)


def beta_functions(backend: str) -> str:
    """Flow of three couplings of a scalar field in three dimensions, as a straight-line program."""
    rho, c = sp.symbols("rho c", positive=True)
    u, couplings = sp.Function("u")(rho), sp.symbols("u0:4", real=True)
    flow = -3 * u + rho * u.diff(rho) + c / (1 + u.diff(rho) + 2 * rho * u.diff(rho, 2))
    return source_of(taylor_program(flow, rho, 3, series={u: couplings}), (c, *couplings), backend)


FORMULAS = (
    free_entropy_integrand,
    bond,
    least_eigenvalue,
    melting_temperature,
    gaussian_tail,
    polynomial,
    correlated_signs,
    langevin,
    overlap_map,
    tridiagonal_hessian,
    truncated_exponential,
    beta_functions,
)
ENDINGS = {"numpy": "py", "c": "c"}
SOURCES = [(formula, backend) for formula in FORMULAS for backend in ENDINGS]


def golden(formula: Formula, backend: str) -> Path:
    """Where the source is kept."""
    return GOLDEN / f"{formula.__name__}.{ENDINGS[backend]}.txt"


@pytest.mark.parametrize(("formula", "backend"), SOURCES, ids=lambda part: getattr(part, "__name__", part))
def test_the_source_is_the_golden_one(formula: Formula, backend: str) -> None:
    assert formula(backend) == golden(formula, backend).read_text(encoding="utf-8")


def written_anew(formula: Formula, backend: str) -> str:
    """Write a source; what is different from the one before."""
    file = golden(formula, backend)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(formula(backend), encoding="utf-8")
    lines = (text.splitlines(keepends=True) for text in (before, formula(backend)))
    return "".join(difflib.unified_diff(*lines, f"{file.name} before", f"{file.name} now"))


if __name__ == "__main__":
    for each, language in SOURCES:
        print(written_anew(each, language), end="")
