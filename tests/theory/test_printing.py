"""Statements are printed in the notation of the field, with one free letter for each bound index."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
import sympy as sp

from theory import (
    Definition,
    Domain,
    Expansion,
    Identity,
    LimitStatement,
    PositiveDefinite,
    Postulate,
    Statement,
    Stationarity,
)
from theory.averages import ConfigurationSum, GaussianMean, OverlapIntegral
from theory.field_derivative import FieldDerivative
from theory.models import multilayer as model
from theory.printing import (
    domain_latex,
    domain_text,
    expression_latex,
    expression_text,
    result_display,
    statement_display,
    statement_latex,
    statement_text,
)
from theory.printing.layout import BREAK, lines, width, without_breaks
from theory.sums import Inside, Sigma

k, i, j, a, b = model.k, model.i, model.j, model.a, model.b
L, m, N, q = model.n_bonds, model.n_replicas, model.layer_sizes, model.off_diagonal
x, y = sp.symbols("x y", positive=True)
LINE = Domain({x: (0, 1), y: (0, 1)})


@pytest.mark.parametrize(
    ("expression", "latex"),
    [
        (q[k], "q^{(k)}"),
        (q[k] ** 2, r"\left(q^{(k)}\right)^{2}"),
        (N[k - 1], "N_{k - 1}"),
        (model.overlap[k, a, b], r"Q^{(k)}_{a b}"),
        (model.spins[a], r"\sigma_{a}"),
        (model.hamiltonian_name, r"H_{\mathrm{MSK}}"),
        (sp.Symbol("<Z^m>"), r"\left\langle Z^{m} \right\rangle"),
        (sp.Symbol("i_"), "i'"),
        (Inside(k, 1, L), r"\mathbf{1}_{1 \le k \le L}"),
        (sp.KroneckerDelta(a, b), r"\delta_{a b}"),
        (sp.Derivative(x * sp.exp(y), y), r"\frac{\partial}{\partial y} \left(x e^{y}\right)"),
        (sp.Derivative(sp.exp(y), y), r"\frac{d}{d y} e^{y}"),
        (FieldDerivative(model.action, q[i], q[j]), r"\frac{\partial^{2} S}{\partial q^{(i)} \, \partial q^{(j)}}"),
    ],
)
def test_families_and_names_are_printed_as_papers_print_them(expression: sp.Expr, latex: str) -> None:
    assert expression_latex(expression) == latex


@pytest.mark.parametrize(
    ("expression", "latex"),
    [
        (Sigma(a * b, (a, 1, m), (b, 1, m)), r"\sum_{a, b=1}^{m} a b"),
        (Sigma(a * b, (a, 1, m), (b, a + 1, m)), r"\sum_{1 \le a < b \le m} a b"),
        (Sigma(a * b, (a, 1, m), (b, 1, a - 1)), r"\sum_{1 \le b < a \le m} a b"),
        (x * Sigma(y * q[k] / 2, (k, 0, L)), r"\frac{x y}{2} \sum_{k=0}^{L} q^{(k)}"),
        (-Sigma(q[k], (k, 0, L)), r"- \sum_{k=0}^{L} q^{(k)}"),
        (x - Sigma(y * q[k], (k, 0, L)), r"x - y \sum_{k=0}^{L} q^{(k)}"),
        (Sigma(q[k] + x * k, (k, 0, L)), r"\sum_{k=0}^{L} \left(k x + q^{(k)}\right)"),
        (1 / Sigma(q[k], (k, 0, L)), r"\frac{1}{\sum_{k=0}^{L} q^{(k)}}"),
        (
            Sigma(sp.exp(-x * Sigma(q[k], (k, 0, a))) * a, (a, 0, L)),
            r"\sum_{a=0}^{L} a \exp\left(- x \sum_{k=0}^{a} q^{(k)}\right)",
        ),
        (Sigma(q[k], (k, 0, L)) ** 2, r"\left(\sum_{k=0}^{L} q^{(k)}\right)^{2}"),
    ],
)
def test_sums_have_one_sign_a_range_and_constants_in_front(expression: sp.Expr, latex: str) -> None:
    assert expression_latex(expression) == latex


def test_a_bound_index_does_not_take_the_letter_of_a_free_one() -> None:
    assert expression_latex(q[k] * Sigma(q[k], (k, 0, L))) == r"q^{(k)} \sum_{l=0}^{L} q^{(l)}"


def test_sums_inside_one_another_have_different_letters() -> None:
    nested = Sigma(q[k] * sp.exp(Sigma(q[k], (k, 0, k))), (k, 0, L))
    printed = expression_latex(nested)
    assert r"\sum_{k=0}^{L}" in printed
    assert r"\exp\left(\sum_{l=0}^{k} q^{(l)}\right)" in printed


def test_two_products_of_sums_do_not_run_into_one_another() -> None:
    product = Sigma(q[k], (k, 0, L)) * Sigma(N[k], (k, 0, L))
    assert expression_latex(product).count(r"\left(") == 1
    assert expression_latex(product).startswith(r"\left(\sum")


def test_averages_show_their_law_and_integrals_their_measure() -> None:
    ranges = ((k, 1, L), (i, 1, N[k - 1]), (j, 1, N[k]))
    energy = Sigma(model.couplings[k, i, j], *ranges)
    mean = GaussianMean(sp.exp(energy), model.couplings, model.weight_variances[k] / N[k - 1], *ranges)
    assert r"J^{(k)}_{i j} \sim \mathcal{N}(0, C_{k} / N_{k - 1})" in expression_latex(mean)
    integral = OverlapIntegral(sp.exp(model.action), model.overlap, model.conjugate_overlap, (k, 0, L), m, N[k])
    assert expression_latex(integral).startswith(r"\int \mathcal{D}Q\, \mathcal{D}\Lambda\; ")
    trace = ConfigurationSum(Sigma(model.spins[a], (a, 1, m)), model.spins, (a, 1, m))
    assert expression_latex(trace) == r"\sum_{\{\sigma_{a}\}} \sum_{a=1}^{m} \sigma_{a}"
    assert "σ[a]" in expression_text(trace)


STATEMENTS = [
    (Identity(x + y, y + x, LINE), "x + y = x + y", "x + y = x + y"),
    (
        Expansion(sp.exp(x), 1 + x, LINE, variable=x, order=2),
        r"e^{x} = x + 1 + O\left(x^{2}\right)",
        "exp(x) = x + 1 + O(x^2)",
    ),
    (
        LimitStatement(sp.sin(x) / x, 1, LINE, variable=x, point=0),
        r"\lim_{x \to 0^{+}} \frac{\sin{\left(x \right)}}{x} = 1",
        "lim_{x -> 0+} sin(x)/x = 1",
    ),
    (
        Stationarity(x * y - y**2, LINE, variables=(y,), at={x: 2 * y}),
        r"\frac{\partial}{\partial y} \left[x y - y^{2}\right] = 0 \quad\text{at}\quad x = 2 y",
        "∂/∂y [x*y - y^2] = 0 at x = 2*y",
    ),
    (
        PositiveDefinite(sp.Matrix([[1, x], [x, 1]]), LINE, condition=x < 1),
        r"\left[\begin{matrix}1 & x\\x & 1\end{matrix}\right] \succ 0 \iff x < 1",
        "Matrix([[1, x], [x, 1]]) positive definite iff x < 1",
    ),
    (Definition(x, y**2), "x := y^{2}", "x := y^2"),
    (Postulate(name="n", claim="It is so.", justification="j", test="t"), "It is so.", "It is so."),
]


@pytest.mark.parametrize(("statement", "latex", "text"), STATEMENTS, ids=lambda s: type(s).__name__)
def test_every_kind_of_statement_has_both_forms(statement: Statement, latex: str, text: str) -> None:
    assert statement_latex(statement) == latex
    assert statement_text(statement) == text


def test_an_unknown_kind_of_statement_is_refused() -> None:
    @dataclass(frozen=True)
    class Rumor(Statement):
        def expressions(self) -> tuple[sp.Basic, ...]:
            return ()

    with pytest.raises(TypeError, match="no printed form for a Rumor"):
        statement_latex(Rumor(domain=LINE))


def test_an_earlier_result_is_shown_by_its_symbol() -> None:
    claim = Identity(2 * (x + y**3), 2 * x + 2 * y**3, LINE)
    action = Identity(sp.exp(x + y**3), sp.exp(x) * sp.exp(y**3), LINE)
    assert statement_latex(claim, abbreviations={x + y**3: sp.Symbol("S")}).endswith("= 2 x + 2 y^{3}")
    assert statement_latex(action, abbreviations={x + y**3: sp.Symbol("S")}).startswith("e^{S}")


LONG = sp.Add(*[n * q[k] ** n * sp.Symbol("omega") for n in range(1, 14)])
TALL = Sigma(sp.Symbol("C") * sp.exp(LONG), (k, 0, L))


@pytest.mark.parametrize("expression", [LONG, TALL], ids=["terms", "terms within a bracket"])
def test_a_long_formula_is_broken_into_lines_that_fit(expression: sp.Expr) -> None:
    letters = r"\alpha"
    display = result_display(sp.Symbol(letters), expression)
    rows = display.removeprefix("\\begin{split}\n").removesuffix("\n\\end{split}").split("\\\\\n")
    assert len(rows) > 1
    assert all(width(row) < 90 for row in rows)
    assert all(row.count(r"\left") == row.count(r"\right") for row in rows)
    joined = re.sub(r"[&\s]|\\q?quad|\{\}|\\\\", "", "".join(rows)).replace("Bigl", "left").replace("Bigr", "right")
    assert joined == re.sub(r"\s", "", rf"{letters}={expression_latex(expression)}")


def test_a_short_formula_stays_on_its_line() -> None:
    assert statement_display(Identity(x, y, LINE), name=sp.Symbol("f")) == "f = x = y"


def test_a_break_inside_braces_is_not_taken() -> None:
    formula = rf"\frac{{a{BREAK} + b}}{{c}}{BREAK} + d"
    assert lines(formula, 5, 5) == [r"\frac{a + b}{c}", " + d"]
    assert without_breaks(formula) == r"\frac{a + b}{c} + d"


def test_a_fraction_that_is_wider_than_the_line_becomes_a_product_that_can_be_broken() -> None:
    wide = rf"\frac{{aaaaaaaa{BREAK} + bbbbbbbb}}{{c}}"
    assert lines(wide, 12, 12) == [r"\frac{1}{c} \Bigl(aaaaaaaa", r" + bbbbbbbb\Bigr)"]
    deep = rf"\frac{{1}}{{aaaaaaaa{BREAK} + bbbbbbbb}}"
    assert lines(deep, 12, 12) == [r"\Bigl(aaaaaaaa", r" + bbbbbbbb\Bigr)^{-1}"]


def test_domains_are_told_as_relations() -> None:
    domain = Domain({L: sp.Range(1, sp.oo), k: sp.Range(0, L + 1), N: sp.Range(1, sp.oo), x: (0, sp.oo)}, [sp.Lt(x, L)])
    told = domain_latex(domain, seen=[N[k] + N[k - 1]])
    assert told == [r"L = 1, 2, \dots", r"k = 0, \dots, L", r"N_{k} = 1, 2, \dots", "x > 0", "x < L"]
    assert domain_text(domain, beyond=Domain({L: sp.Range(1, sp.oo), x: (0, sp.oo)}))[0] == "k = 0, ..., L"


def test_statements_show_themselves_in_a_notebook() -> None:
    assert Identity(x, y, LINE)._repr_latex_() == r"$\displaystyle x = y$"


def test_a_second_greek_index_has_a_prime():
    mu = sp.Symbol("mu", integer=True)
    assert expression_latex(mu + Sigma(q[mu], (mu, 1, L))) == r"\mu + \sum_{\mu'=1}^{L} q^{(\mu')}"


def test_sums_that_make_a_fraction_too_wide_stand_beside_it_and_are_broken():
    bonds = Sigma(model.weight_variances[k] * N[k] * q[k - 1] * q[k], (k, 1, L))
    narrow, wide = bonds, sp.Add(*[power * bonds**power for power in range(1, 9)])
    total = Sigma(N[k], (k, 0, L))
    assert expression_latex(narrow / total).startswith(r"\frac{\sum")
    assert r"\sum_{k=0}^{L} N_{k}} \left(" in expression_latex(-wide / (2 * total))
    f = sp.Symbol("f", real=True)
    domain = model.multilayer_domain().extended({f: (-sp.oo, sp.oo), q: (-1, 1)})
    shown = statement_display(Identity(f, -wide / (2 * total), domain)).split(r"\\")
    assert len(shown) > 1
    assert all(width(line) < 100 for line in shown)
