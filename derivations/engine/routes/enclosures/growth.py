r"""Rigorous bounds of integrands far out: |f(x)| <= C (1 + |x|)^n exp(a |x| + b x^2) for real |x| >= 1 of one sign.

Trusted: the tails of every Gaussian mean and improper integral rest on these rules.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.lower_bounds import BOUNDED, is_complex, is_real, lower_bound
from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.table import ball
from derivations.engine.routes.gaussian_tails import as_tail

ZERO = arb(0)
FURTHER: dict[Any, Callable[..., Any]] = {}
"""Bounds of other nodes, with the arguments of ``growth``."""


@dataclass(frozen=True)
class Growth:
    """The constants of the bound: ``scale`` C, ``power`` n, ``rate`` a and ``curvature`` b."""

    scale: arb
    power: int = 0
    rate: arb = ZERO
    curvature: arb = ZERO

    def times(self, other: Growth) -> Growth:
        """The bound of a product."""
        return Growth(
            self.scale * other.scale, self.power + other.power, self.rate + other.rate, self.curvature + other.curvature
        )

    def plus(self, other: Growth) -> Growth:
        """The bound of a sum: where the Gaussian rates differ, the larger one with no help from the smaller.

        Raises the linear rate to at least zero when the curvatures differ, so that both terms stay below the result.
        """
        if self.scale == 0 or other.scale == 0:
            return other if self.scale == 0 else self
        if self.curvature == other.curvature:
            rate = _larger(self.rate, other.rate)
        else:
            rate = _larger(_larger(self.rate, other.rate), arb(0))
        curvature = _larger(self.curvature, other.curvature)
        return Growth(self.scale + other.scale, max(self.power, other.power), rate, curvature)


def _larger(x: arb, y: arb) -> arb:
    return arb(x.max(y))


def growth(node: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """Bound ``node`` as a function of ``x >= 1`` where the variable ``name`` stands for ``unit * x``.

    Raises
    ------
    UnknownError
        If no rule bounds the node.
    """
    if not _depends(node, name):
        return Growth(_modulus(node, frame))
    if node == name:
        return Growth(arb(abs(unit)), power=1)
    if isinstance(node, sp.Add):
        return _fold([growth(a, name, frame, unit) for a in node.args], Growth.plus)
    if isinstance(node, sp.Mul):
        return _fold([growth(a, name, frame, unit) for a in node.args], Growth.times)
    if isinstance(node, sp.exp) or (isinstance(node, sp.Pow) and node.base is sp.E):
        return _exponential(node.exp, name, frame, unit)
    if isinstance(node, sp.Pow):
        return _power(node, name, frame, unit)
    return _function(node, name, frame, unit)


def _fold(parts: list[Growth], join: Callable[[Growth, Growth], Growth]) -> Growth:
    result = parts[0]
    for part in parts[1:]:
        result = join(result, part)
    return result


def _depends(node: Any, name: sp.Basic) -> bool:
    return name in node.free_symbols


def _modulus(node: Any, frame: Frame) -> arb:
    return arb(abs(ball(node, frame)).upper())


def coefficients(node: Any, name: sp.Basic, frame: Frame) -> list[acb] | None:
    """Balls of the coefficients of a polynomial of degree at most two in the variable, or None."""
    if not node.is_polynomial(name):
        return None
    terms = sp.Poly(node, name).all_coeffs()[::-1]
    if len(terms) > 3:
        return None
    return [ball(c, frame) for c in terms] + [acb(0)] * (3 - len(terms))


def _exponential(argument: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    if argument.is_polynomial(name):
        return _exponential_of_polynomial(sp.Poly(argument, name).all_coeffs()[::-1], frame, unit)
    try:
        return _falling_exponential(argument, name, frame, unit)
    except VagueError:
        raise
    except UnknownError:
        return _exponential_of(growth(argument, name, frame, unit))


def _exponential_of_polynomial(terms: list[Any], frame: Frame, unit: acb) -> Growth:
    r"""exp of the sum of c_k x^k, for x >= 1 with a_k = Re(c_k unit^k).

    Beyond degree two s = -a_n must be positive. With w the sum of u = 1 + |a_2| and of the positive ones of a_3 ..
    a_(n-1), the terms from the third on and u x^2 are together at most w x^(n-1) - s x^n, whose largest value is
    (w/n)^n ((n-1)/s)^(n-1).
    """
    sizes = [arb((ball(c, frame) * unit**k).real.upper()) for k, c in enumerate(terms)]
    constant, rate, curvature = (sizes + [ZERO] * 2)[:3]
    if len(sizes) > 3:
        steep, lift = -sizes[-1], 1 + arb(abs(curvature).upper())
        if not steep > 0:
            raise UnknownError("an exponential of a polynomial that is not known to fall")
        degree, above = len(sizes) - 1, sum((_larger(a, ZERO) for a in sizes[3:-1]), start=lift)
        constant += (above / degree) ** degree * ((degree - 1) / steep) ** (degree - 1)
        curvature -= lift
    return Growth(arb(constant.exp().upper()), 0, rate, arb(curvature.upper()))


def _falling_exponential(argument: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """exp of a quadratic less terms c exp(b x), c cosh(b x), c x^p: each at least c (1 + b x + b^2 x^2 / 2) or so."""
    plain, bound = [], Growth(arb(1))
    for term in sp.Add.make_args(argument):
        if term.is_polynomial(name) and sp.degree(term, name) <= 2:
            plain.append(term)
            continue
        bound = bound.times(_falling_term(term, name, frame, unit) or _flat_term(term, name, frame, unit))
    return bound.times(_exponential(sp.Add(*plain), name, frame, unit))


def _flat_term(term: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """A bound of exp of a term that stays bounded."""
    inner = growth(term, name, frame, unit)
    if inner.power > 0 or inner.rate > 0 or inner.curvature > 0:
        raise UnknownError(f"no bound for the exponential of {term}")
    return Growth(arb(inner.scale.exp().upper()))


def _falling_term(term: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth | None:
    """A bound of exp(-c h(x)) with c > 0 for x >= 1, from a lower bound of h."""
    outside, shape = term.as_independent(name, as_Add=False)
    size = -ball(outside, frame)
    if not (size.imag == 0 and size.real > 0 and unit.imag == 0):
        return None
    c, at_zero = arb(size.real.lower()), arb(0)
    if isinstance(shape, sp.exp | sp.cosh) and _is_linear(shape.args[0], name):
        slope, start = (ball(part, frame) for part in sp.Poly(shape.args[0], name).all_coeffs())
        steep = arb((slope * unit).real)
        if not (slope.imag == 0 and start.imag == 0) or (isinstance(shape, sp.exp) and not steep > 0):
            return None
        if isinstance(shape, sp.cosh) and start != 0:
            return None
        height = c * start.real.exp() if isinstance(shape, sp.exp) else c
        rate = height * steep if isinstance(shape, sp.exp) else at_zero
        return Growth(arb((-height).exp().upper()), 0, arb((-rate).upper()), arb((-height * steep**2 / 2).upper()))
    if shape.is_Pow and shape.base == name and unit.real > 0:
        power = frame.exact(shape.exp)
        if power is not None and power >= 1:
            height = c * unit.real ** arb(power)
            low = arb((-height).upper())
            return Growth(arb(1), 0, at_zero, low) if power >= 2 else Growth(arb(1), 0, low)
    return None


def _exponential_of(inner: Growth) -> Growth:
    """exp of something bounded by C (1 + x)^n, n <= 2."""
    if inner.rate > 0 or inner.curvature > 0 or inner.power > 2:
        raise UnknownError("an exponential of something that grows too fast")
    c = inner.scale
    # (1 + x)^2 <= 2 + 2 x^2
    table = {0: (c, arb(0), arb(0)), 1: (c, c, arb(0)), 2: (2 * c, arb(0), 2 * c)}
    constant, rate, curvature = table[inner.power]
    return Growth(arb(constant.exp().upper()), 0, rate, curvature)


def _power(node: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    base, exponent = node.args
    number = frame.exact(exponent) if not _depends(exponent, name) else None
    if number is None:
        return _power_of_interval(node, name, frame, unit)
    if number == 0:
        return Growth(arb(1))
    if number > 0 and number.q == 1:
        return _fold([growth(base, name, frame, unit)] * int(number.p), Growth.times)
    if number > 0:
        return root(growth(base, name, frame, unit), arb(number))
    falling = _over_exponentials(base, arb(number), name, frame, unit)
    if falling is not None:
        return falling
    _require_real(base, frame)
    inverse = _inverse(base, name, frame, unit)
    return _fold([inverse] * -int(number.p), Growth.times) if number.q == 1 else root(inverse, -arb(number))


def _power_of_interval(node: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """|f|^p for every p of a real interval [l, h]: at most max(1, |f|)^max(h, 0) max(1, 1/|f|)^max(-l, 0)."""
    base, exponent = node.args
    power = None if _depends(exponent, name) else ball(exponent, frame)
    if power is None or power.imag != 0 or not power.is_finite():
        raise UnknownError(f"no bound for {node}")
    _require_real(base, frame)
    bound, high, low = Growth(arb(1)), arb(power.real.upper()), arb((-power.real).upper())
    if not high <= 0:
        bound = bound.times(root(_at_least_one(growth(base, name, frame, unit)), high))
    if not low <= 0:
        bound = bound.times(root(_at_least_one(_inverse(base, name, frame, unit)), low))
    return bound


def _at_least_one(inner: Growth) -> Growth:
    """A bound of max(1, |f|), whose rates are not negative."""
    return Growth(_larger(inner.scale, arb(1)), inner.power, _larger(inner.rate, ZERO), _larger(inner.curvature, ZERO))


def _inverse(base: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """The bound of 1/|base| for a real base."""
    if isinstance(base, sp.Mul):
        return _fold([_inverse(factor, name, frame, unit) for factor in base.args], Growth.times)
    found = as_tail(base)
    if found is not None and _is_linear(found[1], name):
        return _inverse_erfc(found[1], name, frame, unit).times(Growth(arb((1 / abs(ball(found[0], frame))).upper())))
    below = lower_bound(base, frame)
    if below is None or not below > 0:
        raise UnknownError(f"no lower bound for {base}")
    return Growth(arb((1 / below).upper()))


def _inverse_erfc(argument: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """1/erfc(u) <= sqrt(pi) (1 + u) exp(u^2) for u >= 0, by Komatsu; for falling u erfc only rises."""
    slope, center = (ball(part, frame) for part in sp.Poly(argument, name).all_coeffs())
    steep = slope * unit
    if steep.imag != 0 or center.imag != 0:
        raise UnknownError(f"no lower bound for erfc({argument})")
    s, c = steep.real, center.real
    if s < 0:
        return Growth(arb((1 / (s + c).erfc()).upper()))
    if not s > 0:
        raise UnknownError(f"no lower bound for erfc({argument})")
    front = arb.pi().sqrt() * _larger(1 + abs(c), s) * (c**2).exp()
    return Growth(arb(front.upper()), 1, arb((2 * s * c).upper()), arb((s**2).upper()))


def _over_exponentials(base: Any, power: arb, name: sp.Basic, frame: Frame, unit: acb) -> Growth | None:
    """|c exp(a x) + rest|^p for p < 0, where the rest is at most s < |c| times exp(a x) from x = 1 on."""
    hyperbolic = (sp.cosh, sp.sinh)
    written = base.replace(lambda n: isinstance(n, hyperbolic), lambda n: n.rewrite(sp.exp))
    exponents = [e.exp for e in written.atoms(sp.exp) if _is_linear(e.exp, name)]
    for exponent in exponents:
        slope = sp.Poly(exponent, name).LC()
        constant, rest = sp.expand(written * sp.exp(-slope * name)).as_independent(name, as_Add=True)
        try:
            bound = growth(rest, name, frame, unit) if rest != 0 else Growth(arb(0))
        except UnknownError:
            continue
        falls = bound.power == 0 and bound.rate <= 0 and bound.curvature <= 0
        left = abs(ball(constant, frame)) - bound.scale * (bound.rate + bound.curvature).exp()
        if falls and left > 0:
            rate = power * (ball(slope, frame) * unit).real
            return Growth(arb((arb(left.lower()) ** power).upper()), 0, arb(rate.upper()))
    return None


def _is_linear(node: Any, name: sp.Basic) -> bool:
    return bool(node.is_polynomial(name)) and sp.degree(node, name) == 1


def root(inner: Growth, power: arb) -> Growth:
    """|f|^p <= C^p (1 + x)^(ceil(n p)) exp(p a x + p b x^2), for p > 0."""
    degree = int((inner.power * power).ceil().unique_fmpz() or 0)
    scale = arb((inner.scale**power).upper()) if inner.scale > 0 else inner.scale
    return Growth(scale, degree, inner.rate * power, inner.curvature * power)


def _function(node: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    function, argument = node.func, node.args[0] if node.args else node
    if function in BOUNDED and is_real(argument, frame) and not is_complex(argument, frame):
        return Growth(arb(BOUNDED[function]))
    if function in (sp.cosh, sp.sinh, sp.cos, sp.sin):
        turn = acb(1) if function in (sp.cosh, sp.sinh) else acb(0, 1)
        return _two_sided(argument, name, frame, unit, turn)
    if function is sp.log:
        return _logarithm(argument, name, frame, unit)
    if function in (*BOUNDED, sp.asinh):
        _require_real(argument, frame)
    if function in (sp.Abs, sp.asinh):
        return growth(argument, name, frame, unit).plus(Growth(arb(0)))
    if function in (sp.Max, sp.Min):
        return _fold([growth(a, name, frame, unit) for a in node.args], Growth.plus)
    if function is sp.Piecewise:
        return _fold([growth(value, name, frame, unit) for value, _ in node.args], Growth.plus)
    if function in FURTHER:
        return FURTHER[function](node, name, frame, unit)
    raise UnknownError(f"no bound for {node}")


def _require_real(node: Any, frame: Frame) -> None:
    if is_complex(node, frame):
        raise VagueError(f"no bound for {node} at complex values of an outer variable")


def _two_sided(argument: Any, name: sp.Basic, frame: Frame, unit: acb, turn: acb) -> Growth:
    """|cosh w|, |sinh w| <= exp |Re w|; cos and sin of w are cosh and sinh of i w up to a factor of modulus 1."""
    found = coefficients(argument, name, frame)
    if found is None:
        if turn == acb(1):
            return _exponential_of(growth(argument, name, frame, unit))
        raise UnknownError(f"no bound for a trigonometric function of {argument}")
    constant, linear, square = found[0] * turn, found[1] * turn * unit, found[2] * turn * unit * unit
    first, second, third = (arb(abs(part.real).upper()) for part in (constant, linear, square))
    return Growth(arb(first.exp().upper()), 0, second, third)


def _logarithm(argument: Any, name: sp.Basic, frame: Frame, unit: acb) -> Growth:
    """|log h| <= pi + |log C| + n x + a x + b x^2 for both |h| and 1/|h| <= C (1 + x)^n exp(a x + b x^2), added up."""
    _require_real(argument, frame)
    factors = sp.Mul.make_args(argument)
    weights = [f for f in factors if isinstance(f, sp.exp) and is_real(f.exp, frame)]
    if weights:
        # For a real u, log(exp(u) r) = u + log r with the principal branch of r, whatever r is.
        rest = sp.Mul(*[f for f in factors if f not in weights])
        return growth(sp.Add(*[f.exp for f in weights], sp.log(rest)), name, frame, unit)
    bounds = [growth(argument, name, frame, unit), _inverse(argument, name, frame, unit)]
    rate = sum((_larger(b.rate, arb(0)) + b.power for b in bounds), start=arb(0))
    curvature = sum((_larger(b.curvature, arb(0)) for b in bounds), start=arb(0))
    constant = sum((abs(b.scale.log()) for b in bounds), start=arb.pi())
    degree = 2 if curvature > 0 else 1
    return Growth(arb((constant + rate + curvature).upper()), degree)
