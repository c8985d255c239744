"""What cannot be lowered is named, with a remedy; no name that a user chose is ever run."""

from __future__ import annotations

import ast
import re
import sys
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.backends import BACKENDS
from numerics.lowering.c.standalone import standalone
from numerics.lowering.lowered import written
from numerics.lowering.program import compiled
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.sums import Sigma

x, y = sp.symbols("x y", real=True)
i = sp.Symbol("i", integer=True)


@pytest.mark.parametrize(
    ("expression", "name", "remedy"),
    [
        (sp.Function("f")(x), "f", "replace the undefined function"),
        (sp.Derivative(sp.Function("g")(x), x), "Derivative", "doit"),
        (sp.I * x, "ImaginaryUnit", "real and the imaginary part"),
        (sp.zoo * x, "ComplexInfinity", "no value"),
        (sp.mathieuc(1, 2, x), "mathieuc", "rewrite it with"),
        (sp.hankel1(0, x), "hankel1", "besselj and its imaginary part bessely"),
        (sp.DiracDelta(x), "DiracDelta", "carry the integral over it out"),
        (sp.polylog(sp.Rational(3, 2), x), "polylog", "whole orders up to 2"),
        (sp.hyper([1, 2, 3], [x], x), "hyper", "0F1, 1F1 and 2F1"),
        (sp.LambertW(x, 1), "LambertW", "branches 0 and -1"),
        (x + sp.Function("f")(3), "f", "replace the undefined function"),
    ],
    ids=str,
)
def test_an_unknown_node_is_named_with_a_remedy(expression: sp.Expr, name: str, remedy: str) -> None:
    with pytest.raises(TypeError, match=f"no NumPy form for {name}.*{remedy}"):
        lower(expression, [x, i])


def test_a_symbol_beside_the_arguments_is_named() -> None:
    with pytest.raises(ValueError, match="found y beside them"):
        lower(x + y, [x])


def test_an_entry_beside_the_arguments_is_named() -> None:
    C = sp.IndexedBase("C")
    with pytest.raises(ValueError, match=r"found C\[2\] beside them"):
        lower(C[1] * C[2], [C[1]])


def test_a_formula_nested_too_deeply_is_refused() -> None:
    nested: Any = x
    for _ in range(400):
        nested = sp.sin(nested, evaluate=False)
    with pytest.raises(ValueError, match="nested less deeply"):
        lower(nested, [x])


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected one of the backends 'numpy', 'c', 'jax'; found 'fortran'"):
        lower(x, [x], backend="fortran")


def test_where_jax_is_missing_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    for module in ("source", "function", "loops", "library"):
        monkeypatch.delitem(sys.modules, f"numerics.lowering.jax.{module}", raising=False)
    with pytest.raises(ImportError, match=r'pip install "saddlepoint\[jax\]"'):
        lower(x, [x], backend="jax")


def test_text_is_not_parsed() -> None:
    with pytest.raises(TypeError, match="found the text"):
        lower("x + 1", [x])


def test_an_argument_without_a_set_in_the_domain_is_named() -> None:
    with pytest.raises(ValueError, match="found none for y"):
        lower(x + y, [x, y], domain=Domain({x: (0, 1)}))


def test_equal_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="found x twice"):
        lower(x, [x, x])


def test_arguments_are_symbols() -> None:
    with pytest.raises(TypeError, match="expected a symbol or an indexed entry as argument 0"):
        lower(x, [x + 1])


def test_an_argument_that_is_not_real_is_refused() -> None:
    with pytest.raises(ValueError, match="not real"):
        lower(x, [sp.Symbol("z", imaginary=True)])


HOSTILE = (
    "__import__('os').system('echo gone')",
    "x): pass\nraise SystemExit\ndef f(",
    'x"""\nraise SystemExit\n"""',
    "x; raise SystemExit",
    "x # comment",
    "x = 1",
    "lambda: 0",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_could_be_code_is_refused(name: str) -> None:
    hostile = sp.Symbol(name)
    with pytest.raises(ValueError, match="expected a name of letters"):
        lower(hostile + 1, [hostile])


@pytest.mark.parametrize(
    "name", ["lambda", "np", "t0", "a1", "__class__", "beta_", "Z^m", "<Z^m>", r"\mathcal{J}", "β"]
)
def test_a_name_that_is_no_identifier_is_replaced(name: str) -> None:
    symbol, other = sp.Symbol(name), sp.Symbol("a0")
    function = lower(symbol - other + symbol**5, [other, symbol])
    assert function(3.0, 2.0) == 31.0
    compile(function.source, "<source>", "exec")


LEADING_OUT = (
    '"""; raise SystemExit; """',
    "\nraise SystemExit\n#",
    "*/ int gone; /*",
    "/*/ int gone; /*/ int gone; //",
    "\\\nraise SystemExit\n",
    "\u2028raise SystemExit",
)


def bound_in(name: str) -> dict[str, Any]:
    """Formulas in x and n that bind a symbol of the name."""
    index, variable = sp.Symbol(name, integer=True, positive=True), sp.Symbol(name, real=True)
    n = sp.Symbol("n", integer=True, positive=True)
    mean = GaussianMean(sp.tanh(x * variable) ** 2, variable, 1)
    return {
        "sum": sp.Sum(x**index, (index, 1, n)),
        "product": sp.Product(1 + x / index, (index, 1, n)),
        "symbolic sum": Sigma(x**index, (index, 1, n)),
        "sum under a mean": n * GaussianMean(sp.Sum(x**index * y**2, (index, 1, n)), y, 1),
        "mean": n * mean,
        "sum of means": sp.Sum(GaussianMean(sp.tanh(index * x * y) ** 2, y, 1), (index, 1, n)),
    }


@pytest.mark.parametrize("language", ["numpy", "c", "jax"])
@pytest.mark.parametrize("kind", bound_in("k"))
@pytest.mark.parametrize("name", LEADING_OUT)
def test_a_bound_name_does_not_lead_out_of_a_remark(name: str, kind: str, language: str) -> None:
    if language == "jax":
        pytest.importorskip("jax", reason="the extra saddlepoint[jax] is not installed")
    arguments = (x, sp.Symbol("n", integer=True, positive=True))
    try:
        function = written(bound_in(name)[kind], arguments, backend=BACKENDS[language], domain=None, accuracy="fast")
    except ValueError as error:
        assert "expected a name of letters" in str(error)
        return
    if language == "c":
        for text in (function.source, standalone(function)):
            kept = re.sub(r"(?m)^//.*$", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
            assert not re.search('gone|raise|SystemExit|"""', kept)
        return
    assert not any(isinstance(node, ast.Raise) for node in ast.walk(ast.parse(function.source)))
    plain = lower(bound_in("k")[kind], arguments)
    np.testing.assert_allclose(function(0.5, 3.0), plain(0.5, 3.0), rtol=1e-6)


def test_a_hostile_function_name_is_not_run() -> None:
    with pytest.raises(TypeError, match="no NumPy form"):
        lower(sp.Function("exit")(x), [x])


def test_generated_code_sees_no_builtins() -> None:
    function = compiled(lower(sp.log(sp.cosh(x)), [x]).source)
    assert function.__globals__["__builtins__"] == {}


@pytest.mark.parametrize("entries", [[], sp.zeros(0, 2), [[sp.S.One, sp.S.One], [sp.S.One]]])
def test_no_entries_and_rows_of_different_lengths_are_refused(entries: Any, backend: str) -> None:
    with pytest.raises(ValueError, match=r"expected (at least one expression|expressions in rows of one length)"):
        lower(entries, [sp.Symbol("x")], backend=backend)


def test_a_symbol_that_stands_alone_for_the_arguments_is_refused() -> None:
    with pytest.raises(TypeError, match=r"write \[x\]"):
        lower(sp.Symbol("x"), sp.Symbol("x"))  # pyright: ignore[reportArgumentType]


def test_a_masked_array_is_refused_because_its_mask_would_be_lost(backend: str) -> None:
    function = lower(sp.exp(x) + y, [x, y], backend=backend)
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    for values in ((masked, 1.0), (np.array([1.0, 2.0]), masked)):
        with pytest.raises(TypeError, match=r"without a mask for [xy]; found a masked"):
            function(*values)
    assert np.allclose(function(masked.filled(0.0), 1.0), [np.e + 1, 2.0])
