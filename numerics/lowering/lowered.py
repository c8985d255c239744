"""Lowered functions: callables with their source, their arguments' order and their measured accuracy."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.accuracy import Measurement, measured, worst_per_condition
from numerics.lowering.arguments import Argument, checked_arguments
from numerics.lowering.backends import BACKENDS, NUMPY, Accuracy, Backend, Function, usable
from numerics.lowering.expressions import NO_SIZES, checked_expression, formula
from numerics.lowering.formula import Formula
from numerics.lowering.formula_program import program_of
from numerics.lowering.means.composite import Composite, Settings
from numerics.lowering.means.function import MeanFunction
from numerics.lowering.means.lifting import ARRAYS, has_means
from numerics.lowering.means.parts import make_part
from numerics.lowering.means.reductions import with_own_variables
from numerics.lowering.plain_forms import plain
from numerics.lowering.probes import far_probes, probes
from numerics.lowering.values import real_arrays, wrong_number
from theory.domain import Domain

AIM = 4.0
"""Units in the last place, times max(1, condition number), of one function or formula."""
TOLERANCE = 1e-10
"""Of means and integrals, relative; their rules mostly do far better where they reach it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Lowered:
    """A vectorized function of real arrays for an expression, or for those of a matrix. Made by `lower`.

    Calling it follows the rules of a NumPy ufunc: arguments broadcast, scalars give scalars, integers count as float64,
    other floating types are kept, and a constant expression takes the shape of its arguments. A vector or a matrix
    stands in the last axes of the result.

    Attributes
    ----------
    expression
        What was lowered, as handed in.
    arguments
        The atoms that are its variables, in the order of the call.
    backend
        What the source is written for.
    domain
        Where it is meant to be used, and where its accuracy is measured; None if not stated.
    source
        The generated module.
    strict
        Whether accuracy goes before speed: C then calls the scalar functions of the library, in the order as written.
    shape
        Of the value at one point: ``()`` for a scalar.
    threads
        How many share a long array, in C.
    tolerance
        The relative error that each mean and integral is computed to.
    """

    expression: Any
    arguments: tuple[Any, ...]
    backend: str
    domain: Domain | None
    source: str
    strict: bool = True
    shape: tuple[int, ...] = ()
    threads: int = 1
    tolerance: float = TOLERANCE

    def __call__(self, *values: Any) -> Any:
        """The value of the expression at arrays or numbers, one for each argument."""
        if len(values) != self._n_arguments:
            raise wrong_number(values, self.arguments)
        found = self._function.directly(values)
        if found is not None:
            return found
        arrays, kind = real_arrays(values, self.arguments)
        shapes = {a.shape for a in arrays}
        shape = next(iter(shapes)) if len(shapes) == 1 else np.broadcast_shapes(*shapes)
        return self._function(arrays, shape, kind)[()]

    @property
    def max_ulp(self) -> float:
        """Worst measured error, in units in the last place of the exact value; infinite where a value was lost.

        Without a domain it is measured for arguments up to 1000; `far_out` says what happens beyond.
        """
        return self.accuracy.max_ulp

    @property
    def worst_point(self) -> dict[Any, float] | None:
        """Where the worst error was found, by argument."""
        return self.accuracy.worst_point

    @cached_property
    def accuracy(self) -> Measurement:
        """The measurement against balls of 50 digits and more; made when first asked for."""
        arguments = self._checked
        points = probes(self.expression, arguments, self.domain)
        return measured(self.where_accepted, self._formula, arguments, points)

    @cached_property
    def far_out(self) -> Measurement:
        """The measurement with one argument as large as 1e300, or as small as 5e-324, and the others ordinary.

        A step that leaves the range of doubles on the way loses a value that fits: ``far_out.max_ulp`` is then
        infinite, or as large as 2^53 where zero came out.
        """
        arguments = self._checked
        points = far_probes(self.expression, arguments, self.domain)
        if not points:
            return Measurement(max_ulp=math.nan, worst_point=None, n_points=0)
        return measured(self.where_accepted, self._formula, arguments, points)

    @cached_property
    def max_ulp_per_condition(self) -> float:
        """Worst error over max(1, condition number): what is left when rounding the arguments is not held against it.

        The condition number sum_i |x_i df/dx_i / f| says how many units in the last place half a unit in each argument
        is worth. NaN where it could be evaluated nowhere.
        """
        arguments = self._checked
        points = probes(self.expression, arguments, self.domain)
        return worst_per_condition(self.where_accepted, self._formula, arguments, points)

    @property
    def ulp_aim(self) -> float:
        """What `max_ulp_per_condition` is to stay below: 4, or 4 for each call where these are of vector functions."""
        if self.libm != "vector":
            return AIM
        from numerics.lowering.c.library import vector_calls

        return AIM * max(1, vector_calls(self.source))

    def error_estimate(self, *values: Any) -> Any:
        """Estimated relative error that quadrature leaves in the value, at arrays or numbers; 0 without means.

        Infinite where no digit is sure; rounding in the rest of the formula is not in it.
        """
        arrays, _ = real_arrays(values, self.arguments)
        shape = np.broadcast_shapes(*(a.shape for a in arrays))
        if not has_means(self.expression):
            return np.zeros(shape + self.shape)[()]
        return self._with_means.relative_error(arrays, shape)[()]

    def solutions(self, *values: Any) -> dict[Any, Any]:
        """What is known of each solution of an equation in the expression, at arrays or numbers.

        By `theory.implicit.Solution`, records of `numerics.solvers.fixed_points.FixedPoints`: values, residual,
        uncertainty, steps and convergence. Those within means are not among them.
        """
        arrays, _ = real_arrays(values, self.arguments)
        return self._with_means.solutions(arrays) if has_means(self.expression) else {}

    @property
    def libm(self) -> str:
        """Whose functions it calls: ``"NumPy"``, ``"JAX"``, ``"scalar"`` or ``"vector"`` (at most 4 ulp each)."""
        return self._function.libm

    @cached_property
    def _n_arguments(self) -> int:
        return len(self.arguments)

    @cached_property
    def _function(self) -> Function:
        if has_means(self.expression):
            return self._in_jax() if self.backend == "jax" else self._with_means
        accuracy: Accuracy = self._options["accuracy"]
        return BACKENDS[self.backend].function(self.source, len(self.arguments), self.shape, accuracy, self.threads)

    @property
    def where_accepted(self) -> Callable[..., Any]:
        """For measurements: the function, with NaN in place of what it refuses."""
        return self._with_means.where_accepted if has_means(self.expression) else self

    @cached_property
    def _with_means(self) -> MeanFunction:
        return _mean_function(self.expression, self._checked, self.backend, self._options)

    @property
    def composite(self) -> Composite:
        """What an expression with means is made of."""
        return self._with_means.composite

    def _in_jax(self) -> Function:
        from numerics.lowering.jax.function import JaxMeans

        def derivative(function: Lowered, place: int) -> Lowered:
            slope = sp.diff(function.expression, function.arguments[place])
            return lower(slope, function.arguments, tolerance=self.tolerance)

        return JaxMeans(lower(self.expression, self.arguments, tolerance=self.tolerance), derivative)

    @property
    def _options(self) -> dict[str, Any]:
        accuracy = "strict" if self.strict else "fast"
        return {"accuracy": accuracy, "threads": self.threads, "tolerance": self.tolerance}

    @property
    def _formula(self) -> Formula:
        return formula(self.expression)

    @cached_property
    def _checked(self) -> tuple[Argument, ...]:
        return checked_arguments(self.arguments)

    def __reduce__(self) -> Any:
        """Made anew where it is unpickled: code objects do not travel to workers."""
        return _lower_again, (self.expression, self.arguments, self.backend, self.domain, self._options)

    def __repr__(self) -> str:
        names = ", ".join(map(str, self.arguments))
        return f"Lowered({self.expression}, arguments=({names}), backend={self.backend!r})"


def lower(
    expression: Any,
    arguments: Iterable[Any],
    *,
    backend: str = "numpy",
    domain: Domain | None = None,
    accuracy: Accuracy = "fast",
    threads: int = 1,
    tolerance: float = TOLERANCE,
    sizes: Mapping[Any, int] | None = None,
) -> Lowered:
    """Turn an expression, or a matrix of them, into a vectorized function of its arguments.

    Parameters
    ----------
    expression
        A real SymPy expression, a list, an array or a matrix of them, or a `StraightLineProgram`. Forms that lose
        digits or overflow, such as log(cosh(x)) or 1 - tanh(x)^2, are rewritten before code is made.
    arguments
        Symbols, or entries of indexed families such as ``C[j]``, in the order of the call. They stand for real numbers.
    backend
        ``"numpy"``, or ``"c"``: compiled by the compiler that CC names, the system's, or that of the package ziglang.
        Without any of them there is a warning, and NumPy is used. ``"jax"``: a function of arrays of JAX.
    domain
        The sets of the arguments: where the accuracy is measured. Left out, the assumptions of the symbols say it.
    accuracy
        ``"fast"`` lets C call vector functions, each within 4 units in the last place; ``"strict"`` does not. On the
        NumPy path there is no difference.
    threads
        How many threads share a long array, in C; they pay where a formula has transcendental functions.
    tolerance
        The largest error of a Gaussian mean or an integral, relative to that of the integrand's absolute value. Where
        it is not reached, calls raise `numerics.quadrature.QuadratureError`.
    sizes
        Integers for symbols such as a depth L, where sums over layers, sites or replicas are to be written out.

    Returns
    -------
    Lowered
        ``.source`` is the program, ``.max_ulp`` its measured accuracy.

    Raises
    ------
    TypeError
        If the expression is no SymPy expression, or has a node without a numerical form; the message names it.
    ValueError
        If a symbol of the expression is not among the arguments, an argument is not in the domain, a matrix has no
        concrete size, the expression is nested too deeply, the number of threads or the tolerance is not positive, or
        the backend is not known.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x")
    >>> float(lower(sp.log(sp.cosh(x)), [x])(1000.0))
    999.3068528194401
    """
    chosen = usable(backend)
    return written(
        expression,
        arguments,
        backend=chosen,
        domain=domain,
        accuracy=accuracy,
        threads=threads,
        tolerance=tolerance,
        sizes=sizes,
    )


def written(
    expression: Any,
    arguments: Iterable[Any],
    *,
    backend: Backend,
    domain: Domain | None,
    accuracy: Accuracy,
    threads: int = 1,
    tolerance: float = TOLERANCE,
    sizes: Mapping[Any, int] | None = None,
) -> Lowered:
    """As `lower`, for a backend that need not run on this machine: its source can be read all the same."""
    _check_options(accuracy, threads, tolerance)
    node = checked_expression(expression, sizes or NO_SIZES)
    if isinstance(arguments, sp.Symbol | sp.Indexed):
        raise TypeError(f"expected a list of arguments; found {arguments} alone: write [{arguments}]")
    atoms = tuple(arguments)
    checked = checked_arguments(atoms, backend.reserved)
    try:
        program = program_of(node, atoms, backend.name, accuracy)
    except RecursionError as error:
        raise ValueError(
            "expected a formula nested less deeply; found one that Python's stack does not hold: give its parts names "
            "in a StraightLineProgram, or lower them one by one"
        ) from error
    _check_domain(checked, domain)
    if has_means(node):
        options = {"accuracy": accuracy, "threads": threads, "tolerance": tolerance}
        program = replace(program, source=_mean_function(node, checked, backend.name, options).source)
    return Lowered(
        expression=node,
        arguments=atoms,
        backend=backend.name,
        domain=domain,
        source=program.source,
        strict=backend is NUMPY or accuracy == "strict",
        shape=program.shape,
        threads=threads,
        tolerance=tolerance,
    )


def _mean_function(
    expression: Any, arguments: tuple[Argument, ...], backend: str, options: dict[str, Any]
) -> MeanFunction:
    def without_means(part: Any, names: Iterable[Any], language: str) -> Lowered:
        """Parts of the expression that have no means themselves."""
        return written(part, names, backend=BACKENDS[language], domain=None, **options)

    def solver(equation: Any, names: Iterable[Any], start: Any, used: Settings) -> Any:
        # By name and only here: solvers are themselves made of lowered maps.
        solvers = import_module("numerics.solvers.fixed_points")
        return solvers.lower_fixed_point(equation, names, start=start, backend=used.backend, tolerance=used.tolerance)

    # JAX has what NumPy computes.
    settings = Settings(
        backend="numpy" if backend == "jax" else backend,
        tolerance=options["tolerance"],
        lower=without_means,
        solve=solver,
        make_part=make_part,
    )
    written_out = expression.applyfunc(plain) if isinstance(expression, ARRAYS) else plain(expression)
    return MeanFunction(with_own_variables(written_out), arguments, settings)


def _lower_again(
    expression: Any, arguments: tuple[Any, ...], backend: str, domain: Domain | None, options: dict[str, Any]
) -> Lowered:
    return lower(expression, arguments, backend=backend, domain=domain, **options)


def _check_options(accuracy: str, threads: int, tolerance: float) -> None:
    if accuracy not in ("fast", "strict"):
        raise ValueError(f"expected accuracy 'fast' or 'strict'; found {accuracy!r}")
    if not isinstance(threads, int) or threads < 1:
        raise ValueError(f"expected a positive number of threads; found {threads!r}")
    if not 0 < tolerance < 1:
        raise ValueError(f"expected a tolerance between 0 and 1; found {tolerance!r}")


def _check_domain(arguments: tuple[Argument, ...], domain: Domain | None) -> None:
    if domain is None:
        return
    for atom in (a.atom for a in arguments):
        if (atom.base if isinstance(atom, sp.Indexed) else atom) not in domain.sets:
            raise ValueError(f"expected a domain with a set for every argument; found none for {atom} in {domain}")
