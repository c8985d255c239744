"""C gives what the formula says at nasty points, by the rules of a ufunc, and is safe to keep and to load."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.backends import C
from numerics.lowering.c import native, objects, toolchain
from numerics.lowering.c.toolchain import CompilerMissingError, compiler
from numerics.lowering.lowered import written
from theory.domain import Domain

needs_compiler = pytest.mark.usefixtures("needs_compiler")
x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p", positive=True)
AIM = 4.0
"""Units in the last place, times max(1, condition number)."""

FORMULAS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "log cosh": (sp.log(sp.cosh(x)), (x,)),
    "sech squared": (1 - sp.tanh(x) ** 2, (x,)),
    "softplus": (sp.log(1 + sp.exp(x)), (x,)),
    "logistic": (1 / (1 + sp.exp(-x)), (x,)),
    "two exponentials": (sp.log(sp.exp(x) + sp.exp(y)), (x, y)),
    "log of a tail": (sp.log(sp.erfc(x)), (x,)),
    "log of a Gaussian tail": (sp.log(sp.erfc(x) / 2), (x,)),
    "scaled tail": (sp.exp(x**2) * sp.erfc(x), (x,)),
    "error function": (sp.erf(x), (x,)),
    "tail": (sp.erfc(x), (x,)),
    "near one": (sp.exp(x) - 1, (x,)),
    "powers": (p ** sp.Rational(1, 3) + p**7 - p ** sp.Rational(5, 2) + p**p, (p,)),
    "branches": (sp.Piecewise((x**2, x < 0), (sp.sin(x), x <= 1), (sp.sqrt(x), True)), (x,)),
    "corners": (sp.Max(x, y) - sp.Min(x, 3) + sp.Abs(x) + sp.sign(y), (x, y)),
    "inverse functions": (sp.atan(x) + sp.asinh(x) + sp.atan2(y, x**2 + 1), (x, y)),
    "gamma": (sp.loggamma(p + 1) / (1 + p) + sp.gamma(1 + 1 / (1 + p)), (p,)),
    "a constant": (sp.pi, (x,)),
    "step": (sp.Heaviside(x, sp.S.Half), (x,)),
}  # fmt: skip


@needs_compiler
@pytest.mark.parametrize("name", FORMULAS)
def test_scalar_functions_are_as_accurate_as_the_condition_allows(name: str) -> None:
    expression, arguments = FORMULAS[name]
    function = lower(expression, arguments, backend="c", accuracy="strict")
    assert function.libm == "scalar"
    assert function.max_ulp_per_condition <= AIM


@needs_compiler
@pytest.mark.parametrize("name", FORMULAS)
def test_vector_functions_lose_no_more_than_the_sum_of_their_calls(name: str) -> None:
    expression, arguments = FORMULAS[name]
    function = lower(expression, arguments, backend="c")
    assert function.max_ulp_per_condition <= function.ulp_aim


@needs_compiler
def test_the_aim_counts_the_calls_of_vector_functions() -> None:
    function = lower(sp.exp(x) * sp.sin(y) + sp.log(sp.cosh(x)), [x, y], backend="c")
    calls = {"vector": 4, "scalar": 1}[function.libm]  # log cosh takes an exponential and a log1p
    assert function.ulp_aim == 4 * calls
    assert lower(sp.exp(x) * sp.sin(y), [x, y], backend="c", accuracy="strict").ulp_aim == 4


@needs_compiler
@pytest.mark.parametrize("name", FORMULAS)
def test_vector_functions_agree_with_numpy_over_a_range(name: str) -> None:
    expression, arguments = FORMULAS[name]
    values = np.random.default_rng(1).uniform(0.01, 9.0, (len(arguments), 1003))
    found = lower(expression, arguments, backend="c")(*values)
    np.testing.assert_allclose(found, lower(expression, arguments)(*values), rtol=1e-13)


@needs_compiler
@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_not_a_number_or_not_finite_is_as_in_numpy(name: str) -> None:
    expression, arguments = FORMULAS[name]
    odd = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e308, 5e-324, -1e308])
    values = np.meshgrid(*([odd] * len(arguments)))
    with np.errstate(all="ignore"):
        expected = lower(expression, arguments)(*values)
        found = lower(expression, arguments, backend="c")(*values)
    np.testing.assert_allclose(found, expected, rtol=1e-13)


@needs_compiler
def test_arrays_of_any_layout_are_taken() -> None:
    function, plain = (lower(x - 2 * y, [x, y], backend=b) for b in ("c", "numpy"))
    grid = np.arange(24.0).reshape(4, 6)
    layouts = [
        grid,
        grid.T,
        grid[::2, ::3],
        grid[:, ::-1],
        grid[0, ::-2],
        grid[0],
        np.empty((0, 3)),
        np.float64(3),
        grid > 3,
    ]
    for values in layouts:
        for other in (1.0, 2, np.float32(3), values, values[..., :1] if np.ndim(values) else values):
            np.testing.assert_array_equal(function(values, other), plain(values, other))
            assert np.asarray(function(values, other)).dtype == np.asarray(plain(values, other)).dtype
    assert isinstance(function(1.0, 2.0), float)
    np.testing.assert_array_equal(function(grid[:, :1], grid[0]), grid[:, :1] - 2 * grid[0])


@needs_compiler
def test_a_step_that_is_not_one_goes_through_blocks() -> None:
    values = np.random.default_rng(0).normal(size=5000)
    function = lower(sp.exp(x) * y, [x, y], backend="c")
    np.testing.assert_allclose(
        function(values[::3], values[::-3][:1667]), np.exp(values[::3]) * values[::-3][:1667], rtol=1e-13
    )


@needs_compiler
def test_single_precision_is_kept() -> None:
    function = lower(sp.tanh(x), [x], backend="c")
    values = np.linspace(-2, 2, 9, dtype=np.float32)
    assert function(values).dtype == np.float32
    np.testing.assert_array_equal(function(values), np.tanh(values.astype(float)).astype(np.float32))


@needs_compiler
@pytest.mark.parametrize(
    "name", ["double", "exp", "n", "out", "i", "gamma", "x_step", "j0", "I", "NAN", "__LINE__", "erfcx"]
)
def test_names_that_c_knows_are_no_danger(name: str) -> None:
    symbol = sp.Symbol(name)
    function = lower(symbol - 2 * x, [symbol, x], backend="c")
    assert function(7.0, 2.0) == 3.0
    assert lower(symbol - 2 * x, [x, symbol], backend="c")(2.0, 7.0) == 3.0


@needs_compiler
def test_a_comment_cannot_be_closed_by_a_name() -> None:
    symbol = sp.Symbol("a*/b/*c")
    assert lower(symbol + 1, [symbol], backend="c")(1.0) == 2.0


@needs_compiler
def test_a_pickle_is_made_anew() -> None:
    function = lower(sp.sin(x), [x], backend="c", accuracy="strict", domain=Domain({x: (0, 1)}))
    again = pickle.loads(pickle.dumps(function))
    assert (again.source, again.backend, again.strict) == (function.source, "c", True)
    assert again(0.5) == np.sin(0.5)


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SADDLEPOINT_CACHE", str(tmp_path))
    yield tmp_path / "lowered"


@needs_compiler
def test_an_object_is_compiled_once(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lower(sp.cos(x) * 17, [x], backend="c")(1.0)
    (kept,) = private.glob("*.so")

    def refuse(*_: Any) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(toolchain.Compiler, "compile", refuse)
    assert lower(sp.cos(x) * 17, [x], backend="c")(0.0) == 17.0
    assert kept.exists()


@needs_compiler
def test_what_was_not_used_for_the_longest_time_goes_first(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "MOST_KEPT", 2)
    for age, factor in ((300, 41), (200, 43)):
        before = set(private.glob("*.so"))
        lower(sp.cos(x) * factor, [x], backend="c")(1.0)
        (made,) = set(private.glob("*.so")) - before
        os.utime(made, (made.stat().st_mtime - age,) * 2)
    lower(sp.cos(x) * 41, [x], backend="c")(1.0)  # used now: the other one is the oldest
    kept = set(private.glob("*.so"))
    lower(sp.cos(x) * 47, [x], backend="c")(1.0)
    assert len(set(private.glob("*.so")) & kept) == 1
    monkeypatch.setattr(toolchain.Compiler, "compile", lambda *_: pytest.fail("compiled again"))
    assert lower(sp.cos(x) * 41, [x], backend="c")(0.0) == 41.0


@needs_compiler
def test_an_object_that_was_altered_is_never_loaded(private: Path) -> None:
    lower(sp.cos(x) * 19, [x], backend="c")(1.0)
    (kept,) = private.glob("*.so")
    other = lower(sp.cos(x) * 23, [x], backend="c")
    other(1.0)
    (second,) = set(private.glob("*.so")) - {kept}
    kept.unlink()  # its pages are mapped: another file takes its name
    kept.write_bytes(second.read_bytes())
    assert lower(sp.cos(x) * 19, [x], backend="c")(0.0) == 19.0


@needs_compiler
@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes of files are those of POSIX")
def test_a_folder_that_others_may_write_is_refused(private: Path) -> None:
    private.mkdir()
    private.chmod(0o777)
    with pytest.raises(PermissionError, match="yours alone"):
        lower(sp.cos(x) * 29, [x], backend="c")(1.0)


@needs_compiler
@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes of files are those of POSIX")
def test_an_object_that_others_may_write_is_compiled_again(private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        lower(sp.cos(x) * 59, [x], backend="c")(1.0)
    finally:
        os.umask(before)
    (kept,) = private.glob("*.so")
    assert kept.stat().st_mode & 0o777 == private.stat().st_mode & 0o777 == 0o700
    kept.chmod(0o722)
    compiled: list[None] = []
    plain = toolchain.Compiler.compile
    monkeypatch.setattr(toolchain.Compiler, "compile", lambda *given: compiled.append(plain(*given)))
    assert lower(sp.cos(x) * 59, [x], backend="c")(0.0) == 59.0
    assert compiled == [None]


@needs_compiler
def test_an_object_of_which_one_bit_changed_is_compiled_again(private: Path) -> None:
    lower(sp.cos(x) * 61, [x], backend="c")(1.0)
    (kept,) = private.glob("*.so")
    altered = bytearray(kept.read_bytes())
    altered[len(altered) // 2] ^= 1
    kept.unlink()  # its pages are mapped: another file takes its name
    kept.write_bytes(altered)
    assert lower(sp.cos(x) * 61, [x], backend="c")(0.0) == 61.0
    assert kept.read_bytes() != bytes(altered)


def test_without_the_compilers_of_the_system_that_of_ziglang_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("ziglang", reason="the package ziglang is not installed")
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert compiler().command[1:] == ("-m", "ziglang", "cc")
    function = lower([sp.tanh(x) * 67, sp.log(sp.cosh(y))], [x, y], backend="c")
    values = np.linspace(-3, 3, 1001)
    np.testing.assert_allclose(function(values, 0.5), lower(function.expression, [x, y])(values, 0.5), rtol=1e-14)
    assert function.libm == "scalar"


@needs_compiler
def test_processes_may_compile_at_once(private: Path) -> None:
    code = (
        "import sympy as s; from numerics.lowering import lower; x = s.Symbol('x'); "
        "print(lower(s.cos(x)*31, [x], backend='c')(0.0))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[0].strip() for process in running] == ["31.0"] * 4


def test_without_a_compiler_there_is_a_message_and_numpy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.warns(RuntimeWarning, match=r"pip install ziglang.*NumPy is used instead"):
        function = lower(sp.tanh(x), [x], backend="c")
    assert function.backend == "numpy"
    assert function(0.5) == np.tanh(0.5)


@needs_compiler
def test_without_openmp_there_is_a_message_and_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = replace(compiler(), has_openmp=False)
    monkeypatch.setattr(native, "compiler", lambda: lacking)
    function = lower(sp.tanh(x) * 53, [x], backend="c", threads=2)
    values = np.linspace(-3, 3, 40_000)
    with pytest.warns(RuntimeWarning, match="one thread is used"):
        found = function(values)
    np.testing.assert_array_equal(found, lower(sp.tanh(x) * 53, [x], backend="c")(values))


@pytest.mark.parametrize("named", ["no-such-compiler", "false"])
def test_a_compiler_that_does_not_work_is_named(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("CC", named)
    with pytest.raises(CompilerMissingError, match=named):
        compiler()


@needs_compiler
def test_a_compiler_that_fails_on_the_source_says_what_it_said(tmp_path: Path) -> None:
    (tmp_path / "wrong.c").write_text("int main(")
    with pytest.raises(CompilerMissingError, match=r"(?s)to compile the generated C.*backend='numpy'"):
        compiler().compile(tmp_path / "wrong.c", tmp_path / "wrong.so", "strict")


def test_an_unknown_node_is_named_with_a_remedy() -> None:
    with pytest.raises(TypeError, match="no C form for DiracDelta"):
        written(sp.DiracDelta(x), [x], backend=C, domain=None, accuracy="fast")


@needs_compiler
def test_objects_are_kept_where_the_cache_is_off_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SADDLEPOINT_CACHE", "off")
    assert objects.folder().is_dir()
    assert lower(sp.cos(x) * 37, [x], backend="c")(0.0) == 37.0
