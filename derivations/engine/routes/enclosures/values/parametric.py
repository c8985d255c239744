"""Special functions with parameters: Bessel, incomplete gamma, zeta, hypergeometric and their like.

Where a function has a cut, a ball that is not certainly away from it has no value here: conventions on cuts differ.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.lower_bounds import is_real
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import NAN, Rule, ball

Cut = Callable[[acb], bool]
"""Whether a ball is certainly away from the cut."""


def _no_cut(_: acb) -> bool:
    return True


def _not_negative(x: acb) -> bool:
    """Away from (-oo, 0]."""
    return bool(x.real > 0) or not x.imag.contains(0)


def _below_one(x: acb) -> bool:
    """Away from [1, oo)."""
    return bool(x.real < 1) or not x.imag.contains(0)


def _above_minus_inverse_e(x: acb) -> bool:
    """Away from (-oo, -1/e]."""
    return bool(x.real * arb.const_e() > -1) or not x.imag.contains(0)


def _function(compute: Callable[..., acb], cut: Cut = _no_cut, place: int = -1) -> Rule:
    """A function of balls, with a cut in the argument at ``place``."""

    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        values = [ball(a, frame, analytic) for a in node.args]
        return compute(*values) if cut(values[place]) else NAN

    return rule


def _bessel(compute: Callable[[acb, acb], acb], *, entire: bool) -> Rule:
    """Entire for an integer order where ``entire``, else cut along the negative axis."""

    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        order, x = (ball(a, frame, analytic) for a in node.args)
        exact = frame.exact(node.args[0])
        whole = entire and exact is not None and exact.q == 1
        return compute(x, order) if whole or _not_negative(x) else NAN

    return rule


def _spherical(compute: Callable[[acb, acb], acb]) -> Callable[[acb, acb], acb]:
    def value(x: acb, order: acb) -> acb:
        return (arb.pi() / (2 * x)).sqrt() * compute(x, order + acb(1) / 2)

    return value


def _zeta(node: Any, frame: Frame, analytic: bool) -> acb:
    """Riemann's, or Hurwitz's with a second argument of positive real part."""
    s, *shift = (ball(a, frame, analytic) for a in node.args)
    if not shift:
        return s.zeta()
    return s.zeta(shift[0]) if shift[0].real > 0 else NAN


def _polylog(order: acb, x: acb) -> acb:
    """The values at the order 0 and 1 are elementary, and there the general algorithm is vague."""
    if order == 1:
        return -(1 - x).log()
    return x / (1 - x) if order == 0 else x.polylog(order)


def _lambert(node: Any, frame: Frame, analytic: bool) -> acb:
    """The principal branch, and the branch -1 for real arguments in (-1/e, 0), where it is real."""
    x = ball(node.args[0], frame, analytic)
    if len(node.args) == 1 or node.args[1] == 0:
        return x.lambertw() if _above_minus_inverse_e(x) else NAN
    if node.args[1] != -1:
        raise UnknownError(f"no ball for the branch {node.args[1]} of LambertW")
    inside = x.real < 0 and _above_minus_inverse_e(x)
    real = is_real(node.args[0], frame) if frame.complex_depth else x.imag == 0
    if not real or not inside:
        return NAN
    return x.lambertw(-1, middle=True)


def _hyper(node: Any, frame: Frame, analytic: bool) -> acb:
    """pFq with p <= q + 1; a lower parameter that may be 0, -1, -2, ... has no value here."""
    upper, lower = ([ball(a, frame, analytic) for a in node.args[k]] for k in (0, 1))
    x = ball(node.args[2], frame, analytic)
    if len(upper) > len(lower) + 1:
        raise UnknownError("a hypergeometric series that converges nowhere")
    if any(not b.real > 0 and b.contains_integer() for b in lower):
        return NAN
    if len(upper) == len(lower) + 1 and not _below_one(x):
        return NAN
    if len(upper) == 2 and len(lower) == 1:
        return x.hypgeom_2f1(*upper, *lower)
    return x.hypgeom(upper, lower)


def _exponential_integral(node: Any, frame: Frame, analytic: bool) -> acb:
    """Ei; on the negative axis, where it is cut, its real value -E_1(-x)."""
    return _ei(ball(node.args[0], frame, analytic), node.args[0], frame)


def _logarithmic_integral(node: Any, frame: Frame, analytic: bool) -> acb:
    """li(x) = Ei(log x) for x > 0."""
    x = ball(node.args[0], frame, analytic)
    if not _not_negative(x):
        return NAN
    return _ei(x.log(), sp.log(node.args[0]), frame)


def _ei(x: acb, argument: Any, frame: Frame) -> acb:
    if _not_negative(x):
        return x.ei()
    real = is_real(argument, frame) if frame.complex_depth else x.imag == 0
    return -(-x).expint(1) if x.real < 0 and real else NAN


def _beta(a: acb, b: acb) -> acb:
    return a.gamma() * b.gamma() * (a + b).rgamma()


def _incomplete_beta(*, regularized: bool) -> Rule:
    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        a, b, low, high = (ball(x, frame, analytic) for x in node.args)
        if not all(_between_cuts(x) for x in (low, high)):
            return NAN
        first, last = (x.beta_lower(a, b, regularized=int(regularized)) if x != 0 else acb(0) for x in (low, high))
        return last - first if a.real > 0 else NAN

    return rule


def _between_cuts(x: acb) -> bool:
    """Away from (-oo, 0) and [1, oo)."""
    return (_not_negative(x) and _below_one(x)) or x == 0


def _elliptic(whole: Callable[[acb], acb], incomplete: Callable[[acb, acb], acb]) -> Rule:
    """Complete of one parameter m, or of an angle up to a right one and m, away from the cut [1, oo) of m."""

    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        *angle, m = (ball(a, frame, analytic) for a in node.args)
        if not _below_one(m):
            return NAN
        if not angle:
            return whole(m)
        plain = abs(angle[0].real) < 1.5 and angle[0].imag == 0 and m.imag == 0
        return incomplete(angle[0], m) if plain and not analytic else NAN

    return rule


def _real_inverse(compute: Callable[[arb], arb]) -> Rule:
    """An inverse function on its real interval."""

    def rule(node: Any, frame: Frame, analytic: bool) -> acb:
        x = ball(node.args[0], frame, analytic)
        return acb(compute(x.real)) if not frame.complex_depth and x.imag == 0 else NAN

    return rule


def _eta(node: Any, frame: Frame, analytic: bool) -> acb:
    if len(node.args) != 1 and node.args[1] != 1:
        raise UnknownError(f"no ball for {node}")
    return ball(node.args[0], frame, analytic).dirichlet_eta()


def _incomplete_gamma(compute: Callable[[acb, acb], acb]) -> Rule:
    return _function(lambda order, x: compute(x, order), _not_negative)


TABLE: dict[Any, Rule] = {
    sp.besselj: _bessel(acb.bessel_j, entire=True),
    sp.besseli: _bessel(acb.bessel_i, entire=True),
    sp.bessely: _bessel(acb.bessel_y, entire=False),
    sp.besselk: _bessel(acb.bessel_k, entire=False),
    sp.hankel1: _bessel(lambda x, n: x.bessel_j(n) + acb(0, 1) * x.bessel_y(n), entire=False),
    sp.hankel2: _bessel(lambda x, n: x.bessel_j(n) - acb(0, 1) * x.bessel_y(n), entire=False),
    sp.jn: _bessel(_spherical(acb.bessel_j), entire=False),
    sp.yn: _bessel(_spherical(acb.bessel_y), entire=False),
    sp.zeta: _zeta,
    sp.dirichlet_eta: _eta,
    sp.polylog: _function(_polylog, _below_one),
    sp.LambertW: _lambert,
    sp.hyper: _hyper,
    sp.uppergamma: _incomplete_gamma(acb.gamma_upper),
    sp.lowergamma: _incomplete_gamma(acb.gamma_lower),
    sp.expint: _function(lambda order, x: x.expint(order), _not_negative),
    sp.beta: _function(lambda a, *b: _beta(a, *(b or (a,)))),
    sp.betainc: _incomplete_beta(regularized=False),
    sp.betainc_regularized: _incomplete_beta(regularized=True),
    sp.Ei: _exponential_integral,
    sp.Ci: _function(acb.ci, _not_negative),
    sp.Chi: _function(acb.chi, _not_negative),
    sp.li: _logarithmic_integral,
    sp.erf2: _function(lambda low, high: high.erf() - low.erf()),
    sp.erfinv: _real_inverse(arb.erfinv),
    sp.erfcinv: _real_inverse(arb.erfcinv),
    sp.elliptic_k: _elliptic(acb.elliptic_k, acb.elliptic_f),
    sp.elliptic_f: _elliptic(acb.elliptic_k, acb.elliptic_f),
    sp.elliptic_e: _elliptic(acb.elliptic_e, acb.elliptic_e_inc),
}
