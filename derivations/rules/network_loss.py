"""The loss of a network to second order about a state, its quadratic form, and that form in its eigenvectors."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality
from theory.sums import Sigma, unfold


@rule("linear response", "The activation to first order in the deviation of the state, at what it is given there.")
def linear_response(
    *,
    activation: Any,
    neuron: sp.Symbol,
    argument: sp.Symbol,
    field: Any,
    change: Any,
    scale: sp.Symbol,
    domain: Domain,
) -> Inference:
    """Activation(neuron, field + scale change) to first order in the scale; the result is the expansion."""
    applied = activation(neuron, argument)
    left = activation(neuron, field + scale * change)
    slope = sp.Subs(sp.Derivative(applied, argument), argument, field)
    right = activation(neuron, field) + scale * slope * change
    claim = Expansion(left, right, domain.restricted(left, right, scale), variable=scale, order=2)
    return Inference(statement=claim, remark="half the second derivative times the square of the change is left out")


@rule("in powers of the deviation", "Taylor's theorem at each neuron, with the derivatives of its activation.")
def in_powers_of_scale(
    loss: Step,
    *,
    order: int,
    scale: sp.Symbol,
    argument: sp.Symbol,
    objective: Any = sp.S.Zero,
    remark: str = "",
    domain: Domain,
) -> Inference:
    """The loss below an order of the scale; derivatives are taken by the ``argument`` of each activation.

    ``objective`` is a part of the loss that is kept as it is; the rest is a number times one sum over the neurons.

    Raises
    ------
    ValueError
        If the rest is not such a sum.
    """
    whole = cast(Any, loss.result)
    factor, total = (whole - objective).as_coeff_Mul()
    if not isinstance(total, Sigma):
        raise ValueError(f"expected a number times one sum over the neurons beside the objective; found {total}")
    body, index = total.opened()
    body, ends = _by_taylor(body, scale, order, argument), (index, total.lower, total.upper)
    terms = [objective]
    for n in range(order):
        coefficient = (sp.diff(body, scale, n) if n else body).subs(scale, 0)
        number, rest = sp.factor_terms(coefficient).as_coeff_Mul()
        power = scale**n * factor * number / sp.factorial(n)
        terms.append(power * Sigma(rest, ends) if rest != 0 else sp.S.Zero)
    claim = Expansion(whole, sp.Add(*terms), domain.restricted(whole, scale), variable=scale, order=order)
    return Inference(statement=claim, remark=remark)


def _by_taylor(body: Any, scale: sp.Symbol, order: int, argument: sp.Symbol) -> Any:
    """Each activation below an order of the scale, on which its argument depends linearly."""

    def expanded(applied: Any) -> Any:
        *labels, given = applied.args
        at_rest, change = given.subs(scale, 0), sp.diff(given, scale)
        terms = [applied.func(*labels, at_rest)]
        for n in range(1, order):
            derivative = sp.Derivative(applied.func(*labels, argument), (argument, n))
            terms.append((scale * change) ** n / sp.factorial(n) * sp.Subs(derivative, argument, at_rest))
        return sp.Add(*terms)

    moving = [e for e in body.atoms(AppliedUndef) if e.has(scale)]
    return body.xreplace({e: expanded(e) for e in moving})


@rule(
    "quadratic form",
    "The errors to first order are a matrix times the deviation; their squares add up to the form of the matrix G.",
)
def squares_as_form(*, squares: Any, form: Any, entry: Any, domain: Domain) -> Inference:
    """A sum of squared errors as a double sum with the entry of G; the result is that entry."""
    return Inference(statement=Identity(squares, form, domain.restricted(squares, form)), result=entry)


@rule("about a fixed point", "Where each neuron is what its activation makes of its input, no error is left there.")
def about_fixed_point(
    second_order: Step, squares: Step, *, slope: sp.Indexed, value: Any, scale: sp.Symbol, domain: Domain
) -> Inference:
    """The squares of the second order as a quadratic form, with ``value`` for each ``slope``.

    Raises
    ------
    ValueError
        If the second order is not the squares of ``squares``, as where errors are left at the mean state.
    """
    claim = cast(Any, second_order.statement)
    known, form = (unfold(side, slope, value) for side in _sides(squares))
    right = claim.right.xreplace({known: form, _turned(known): form})
    if right == claim.right:
        raise ValueError(f"expected the squares {known} in the second order; found {claim.right}")
    stated = Expansion(claim.left, right, domain.restricted(claim.left, right), variable=scale, order=claim.order)
    return Inference(statement=stated, remark="the condition is that the mean state is a fixed point")


def _turned(squares: Any) -> Any:
    """The same sum of squares with the opposite sign under each."""
    body, index = squares.opened()
    return Sigma((-body.base) ** body.exp, (index, squares.lower, squares.upper))


def _sides(step: Step) -> tuple[Any, Any]:
    claim = cast(Any, step.statement)
    return claim.left, claim.right


@rule("no negative eigenvalue", "A sum of squares is not negative in any direction.")
def form_is_positive(squares: Step, *, domain: Domain) -> Inference:
    """The quadratic form of G is not negative."""
    left = cast(Any, squares.statement).left
    return Inference(
        statement=Inequality(left, sp.S.Zero, domain.restricted(left), relation=">="),
        result=left,
        remark="all eigenvalues of G are real and not negative",
    )


@rule("rotated form", "The matrix by its eigenvalues and the projections on its eigenvectors.")
def rotated_form(*, form: Any, squares: Any, domain: Domain) -> Inference:
    """A quadratic form as a sum of squares of components, each with its eigenvalue."""
    return Inference(statement=Identity(form, squares, domain.restricted(form, squares)))


@rule(
    "defect",
    "Written out for any matrix in place of that of the eigenvectors: what is left over are scalar products of its "
    "columns, or of its rows, beyond those of orthonormal ones.",
)
def with_defect(*, left: Any, right: Any, domain: Domain) -> Inference:
    """An equation between vectors that holds up to the defect of a matrix."""
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("orthonormal vectors", "Eigenvectors of different eigenvalues are orthogonal, and each has length one.")
def without_defect(general: Step, *, defect: Any, domain: Domain) -> Inference:
    """The result of ``with_defect`` for orthonormal vectors; ``defect`` is an entry of its family."""
    left = cast(Any, general.result)
    value = unfold(left, defect, sp.S.Zero)
    value = value.replace(lambda e: isinstance(e, Sigma), lambda e: sp.S.Zero if e.summand == 0 else e)
    known = domain.extended({defect.base: sp.FiniteSet(0)})
    return Inference(statement=Identity(left, value, known.restricted(left)))
