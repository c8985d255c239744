"""Proportional expressions and vectors pass with their constant; what is nearly proportional is refuted."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from theory.domain import Domain
from theory.printing import statement_latex, statement_text
from theory.statements import Proportional

x, a, b, t = sp.symbols("x a beta t")
n, k = sp.symbols("n k", integer=True)
DOMAIN = Domain({x: (-2, 2), a: (0, 3), b: (0, 2)})


RIGHT = {
    "a Gaussian completed": (sp.exp(-((x - a) ** 2) / 2), sp.exp(a * x - x**2 / 2), (x,)),
    "a factor of the parameter": (sp.exp(b * x + a), sp.exp(b * x), (x,)),
    "a number": (2 * sp.sinh(x) * sp.cosh(x), sp.sinh(2 * x), None),
    "a sign": (a - x, x - a, None),
    "a function of what is no variable": (sp.cosh(b) * sp.tanh(x), sp.sinh(x) / sp.cosh(x), (x,)),
}
WRONG = {
    "the factor depends on the variable": (sp.exp(-((x - a) ** 2) / 2), sp.exp(a * x), (x,)),
    "the factor depends on a parameter that is one of the variables": (sp.exp(b * x + a), sp.exp(b * x), (x, a)),
    "a term added": (sp.sinh(2 * x) + 1, sp.sinh(2 * x), None),
    "a sum of two": (x + x**3 / 1000, x, None),
    "an exponent doubled": (sp.exp(2 * x), sp.exp(x), (x,)),
    "zero times": (sp.Integer(0), sp.cosh(x), (x,)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_proportionality_is_proved(name: str) -> None:
    left, right, variables = RIGHT[name]
    assert verify(Proportional(left, right, DOMAIN, variables=variables)).status == "proved"


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_proportional_is_refuted(name: str) -> None:
    left, right, variables = WRONG[name]
    verdict = verify(Proportional(left, right, DOMAIN, variables=variables))
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None


def test_the_constant_is_found() -> None:
    verdict = verify(Proportional(6 * x**2, 4 * x**2, DOMAIN))
    assert any("the constant 3/2" in e.technique for e in verdict.evidence)


def test_an_eigenvector_has_one_constant_for_all_entries() -> None:
    matrix, vector = sp.Matrix([[a, b], [b, a]]), sp.Matrix([1, 1])
    assert verify(Proportional(matrix * vector, vector, DOMAIN, variables=())).status == "proved"
    assert verify(Proportional(matrix * vector, sp.Matrix([1, 2]), DOMAIN, variables=())).status == "refuted"


def test_a_size_may_be_a_variable() -> None:
    domain = Domain({n: sp.Range(0, sp.oo), x: (0, 1)})
    assert verify(Proportional(x ** (n + 2), x**n, domain, variables=(n,))).status == "proved"
    assert verify(Proportional(n * x**n, x**n, domain, variables=(n,))).status == "refuted"


def test_a_constant_with_a_pole_in_the_domain_is_not_proved() -> None:
    assert verify(Proportional(x, (a - 1) * x, DOMAIN, variables=(x,))).status != "proved"


def test_a_left_side_that_is_a_hidden_zero_is_not_accepted() -> None:
    hidden = sp.sin(x) ** 2 + sp.cos(x) ** 2 - 1
    assert verify(Proportional(hidden, x, DOMAIN)).holds is not True


def test_a_range_that_depends_on_a_parameter_is_left_undecided() -> None:
    domain = Domain({n: sp.Range(1, sp.oo), k: sp.Range(0, n + 1)})
    assert verify(Proportional(n * k, k, domain, variables=(k,))).status == "inconclusive"


def test_proportional_to_zero_is_no_statement() -> None:
    with pytest.raises(ValueError, match="zero"):
        Proportional(x, 0, DOMAIN)
    with pytest.raises(ValueError, match="name the variables"):
        Proportional(2, 3, Domain({}))
    with pytest.raises(ValueError, match="names of its domain"):
        Proportional(x, x, DOMAIN, variables=(t,))


def test_a_proportionality_is_printed_with_its_variables() -> None:
    statement = Proportional(x**2, 2 * x**2, DOMAIN)
    assert statement_latex(statement) == r"x^{2} \propto 2 x^{2} \quad\text{in}\quad x"
    assert statement_text(statement) == "x^2 ∝ 2*x^2 in x"
