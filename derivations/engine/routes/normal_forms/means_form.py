"""Normal form of Gaussian means: linear, moments of polynomials times exponentials in closed form.

A power of a sum of two exponentials with a symbolic whole exponent is expanded by the binomial theorem. What has no
closed form becomes a letter, brought to unit variance and made even.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.claims import encode
from derivations.engine.routes.certificates.convergence import mean_converges
from derivations.engine.routes.certificates.gaussian_parts import absorbed_variance, simpler_mean
from derivations.engine.routes.certificates.kinks import folded, kink
from derivations.engine.routes.certificates.shapes import Shape, shape_of
from derivations.engine.routes.normal_forms.derivation import without_derivatives
from derivations.engine.routes.normal_forms.derivatives import field_derivative
from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.generators.atoms import spin_base
from derivations.engine.routes.normal_forms.monomials import occurs, over_monomials, shadows
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.symmetric_quadratics import symmetric_mean
from derivations.engine.routes.normal_forms.tower import RULES, Tower
from derivations.engine.routes.normal_forms.traces import checked_count
from theory.averages import ConfigurationSum, GaussianMean
from theory.sums import Sigma, rename

Factors = list[tuple[sp.Expr, int]]
LetterOf = Callable[[Tower, sp.Expr, sp.Symbol], Ratio]


def gaussian_mean(tower: Tower, node: GaussianMean) -> Ratio:
    """The normal form of a mean."""
    if shadows(node.body, node.family):
        return tower.structural(node)
    if node.ranges:
        return _over_family(tower, node)
    body, name = without_derivatives(tower, node.body, node.family)
    x = sp.Symbol(f"x\u2032{tower.depth}", real=True)
    scaled = sp.sqrt(node.variance) * x
    tower.depth += 1
    try:
        element = tower.convert(rename(body, name, scaled))
    finally:
        tower.depth -= 1
    return over_monomials(tower, element, x, lambda factors: _mean(tower, factors, x))


def _mean(tower: Tower, factors: Factors, x: sp.Symbol, letter: LetterOf | None = None) -> Ratio:
    """The mean of a product over a standard normal variable."""
    if not factors:
        return tower.field.one
    split = _at_kink(tower, sp.Mul(*(f**p for f, p in factors)), x)
    if split is not None:
        return split
    shape = shape_of(tower, factors, x)
    found = _moment(tower, shape) or _binomial(tower, factors, x) or simpler_mean(tower, shape, x)
    return found if found is not None else (letter or _letter)(tower, sp.Mul(*(f**p for f, p in factors)), x)


def _at_kink(tower: Tower, body: sp.Expr, x: sp.Symbol) -> Ratio | None:
    """The mean as an integral over a half line, on which a modulus or a sign in the body is known."""
    place = kink(tower, tower.convert(body), x)
    if place is None:
        return None
    t = sp.Symbol("t\u2032", real=True)
    density = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
    return tower.convert(sp.Integral(folded(body * density, x, place, t), (t, 0, sp.oo)))


def _moment(tower: Tower, shape: Shape) -> Ratio | None:
    r"""E[x^p exp(a x + b x^2)] = sqrt(w) e^{a^2 w/2} sum_k C(p, 2k) (2k-1)!! w^k (a w)^(p-2k), w = 1/(1 - 2b) > 0."""
    field, number = tower.field, tower.field.rational(shape.power)
    w = absorbed_variance(tower, shape)
    if w is None or not shape.is_plain or number is None or number.q != 1 or number < 0:
        return None
    power = int(number.p)
    center = field.multiply(shape.linear, w)
    half = field.multiply(field.multiply(center, shape.linear), field.constant(fmpq(1, 2)))
    total = field.zero
    for k in range(power // 2 + 1):
        count = sp.binomial(power, 2 * k) * sp.factorial2(2 * k - 1)
        term = field.multiply(field.power(w, k), field.power(center, power - 2 * k))
        total = field.add(total, field.multiply(field.constant(int(count)), term))
    front = field.multiply(tower.rational_power(w, fmpq(1, 2)), tower.exponential(half))
    return field.multiply(shape.scale, field.multiply(front, total))


def _binomial(tower: Tower, factors: Factors, x: sp.Symbol) -> Ratio | None:
    """(A + B)^n under the mean, n a nonnegative whole number: sum over j of binomial(n, j) A^(n-j) B^j."""
    for place, (factor, times) in enumerate(factors):
        found = _two_term_power(tower, factor, times)
        if found is None or occurs(found[1], x):
            continue
        base, number = found
        first, second = sp.Add.make_args(base)
        rest = sp.Mul(*(f**p for f, p in factors[:place] + factors[place + 1 :]))
        j = tower.new_index()
        z = sp.Symbol("z\u2032", real=True)
        body = (rest * first ** (number - j) * second**j).xreplace({x: z})
        tower.techniques.add("binomial theorem")
        return tower.convert(Sigma(sp.binomial(number, j) * GaussianMean(body, z, 1), (j, 0, number)))
    return None


def _two_term_power(tower: Tower, factor: sp.Expr, times: int) -> tuple[sp.Expr, sp.Expr] | None:
    """A letter (A + B)^n, written as a power or as exp(n log(A + B)): its base and its exponent."""
    field = tower.field
    letter = next((c for c in field.letters if c.node == factor), None)
    if letter is None:
        return None
    power = letter.content if letter.kind == "power" else (_of_log(tower, letter) if letter.kind == "exp" else None)
    if power is None:
        return None
    base, number = power[0], field.multiply(power[1], field.constant(times))
    if len(base.num) != 2 or base.den != field.one.den or not checked_count(tower, number):
        return None
    return field.expression(base), field.expression(number)


def _of_log(tower: Tower, letter: Letter) -> tuple[Ratio, Ratio] | None:
    """exp(n log b): b and n."""
    field = tower.field
    for place in field.used(letter.content.num):
        inner = field.letters[place]
        if inner.kind == "log":
            parts = coefficients_of(field, letter.content.num, place)
            return (inner.content, field.quotient(parts[1], letter.content.den)) if set(parts) == {1} else None
    return None


def _letter(tower: Tower, body: sp.Expr, x: sp.Symbol, seen: frozenset[sp.Expr] = frozenset()) -> Ratio:
    """A mean without a closed form. x and -x have one law: a fraction is made even, an odd part vanishes."""
    field = tower.field
    element, mirrored = tower.convert(body), tower.convert(body.xreplace({x: -x}))
    odd = field.is_zero(field.add(element, mirrored))
    if odd or element.den == field.one.den or body in seen or field.same(element, mirrored):
        return _even_letter(tower, body, x)
    known = seen | {body}

    def part(factors: Factors) -> Ratio:
        return _mean(tower, factors, x, lambda _, inner, x: _letter(tower, inner, x, known))

    both = over_monomials(tower, field.add(element, mirrored), x, part)
    return field.multiply(both, field.constant(fmpq(1, 2)))


def _even_letter(tower: Tower, body: sp.Expr, x: sp.Symbol) -> Ratio:
    """A letter, or zero for an odd body with a mean; of a body and its mirror image the one with the lesser text."""
    mirrored = tower.convert(body.xreplace({x: -x}))
    odd = tower.field.is_zero(tower.field.add(tower.convert(body), mirrored))
    if odd and mean_converges(tower, body, x):
        return tower.field.zero
    z = sp.Symbol(f"z\u2032{tower.depth}", real=True)
    forms = [GaussianMean(b.xreplace({x: z}), z, 1) for b in (body, tower.field.expression(mirrored))]
    node = min(forms, key=encode)
    real = all(letter.real for letter in tower.field.letters if occurs(letter.node, x))
    return tower.structural(node, real=real)


def _over_family(tower: Tower, node: GaussianMean) -> Ratio:
    """The mean over a whole family of independent entries."""
    base = sp.IndexedBase(f"J\u2032{tower.depth}", real=True)
    tower.depth += 1
    try:
        element = tower.convert(rename(node.body, node.family, base))
    finally:
        tower.depth -= 1
    return over_monomials(tower, element, base, lambda factors: _family_product(tower, factors, base, node))


def _family_product(tower: Tower, factors: Factors, base: sp.IndexedBase, node: GaussianMean) -> Ratio:
    if not factors:
        return tower.field.one
    found = _generating_function(tower, factors, base, node) or _symmetric_quadratic(tower, factors, base, node)
    if found is None and len(factors) == 1:
        found = _of_traces(tower, *factors[0], base, node)
    if found is not None:
        return found
    body = sp.Mul(*(f**p for f, p in factors))
    return tower.structural(GaussianMean(body, base, node.variance, *(tuple(r.args) for r in node.ranges)))


def _generating_function(tower: Tower, factors: Factors, base: sp.IndexedBase, node: GaussianMean) -> Ratio | None:
    """E exp(sum of J t) = exp(sum of v t^2 / 2), with t found by differentiation and linearity checked."""
    if not all(isinstance(f, sp.exp) for f, _ in factors):
        return None
    exponent = sp.expand(sp.Add(*(f.args[0] * p for f, p in factors)))
    ranges, names = [], {}
    for item in node.ranges:
        index, low, high = item.args
        fresh = tower.new_index()
        ranges.append((fresh, *(e.xreplace(names) for e in (low, high))))
        names[index] = fresh
    slots = tuple(r[0] for r in ranges)
    slope = _slope(tower, exponent, base[slots], ranges)
    if occurs(slope, base) or not tower.field.same(
        tower.convert(Sigma(base[slots] * slope, *ranges)), tower.convert(exponent)
    ):
        return None
    tower.techniques.add("Gaussian generating function")
    variance = node.variance.xreplace(names)
    return tower.exponential(tower.convert(Sigma(variance * slope**2 / 2, *ranges)))


def _symmetric_quadratic(tower: Tower, factors: Factors, base: sp.IndexedBase, node: GaussianMean) -> Ratio | None:
    """E exp of a quadratic that is the same under permutations of every index."""
    if not all(isinstance(f, sp.exp) for f, _ in factors):
        return None
    return symmetric_mean(tower, sp.expand(sp.Add(*(f.args[0] * p for f, p in factors))), base, node)


def _slope(tower: Tower, exponent: sp.Expr, entry: sp.Indexed, ranges: list[Any]) -> sp.Expr:
    """The derivative by one entry, its indices inside the ranges of the family."""
    outside = tower.scope
    tower.scope = (*outside, *ranges)
    try:
        return tower.field.expression(tower.convert(field_derivative(exponent, entry)))
    finally:
        tower.scope = outside


def _of_traces(tower: Tower, factor: sp.Expr, times: int, base: sp.IndexedBase, node: GaussianMean) -> Ratio | None:
    """E[T^n] with T a trace: n replicas of its spins, and the mean inside the trace."""
    field = tower.field
    letter = next((c for c in field.letters if c.node == factor), None)
    if letter is None:
        return None
    trace, number = (letter, field.constant(times)), None
    if letter.kind == "exp":
        power = _of_log(tower, letter)
        if power is None or len(field.used(power[0].num)) != 1:
            return None
        trace = (field.letters[field.used(power[0].num)[0]], field.multiply(power[1], field.constant(times)))
    source, number = trace
    if source.kind != "trace" or not checked_count(tower, number):
        return None
    inner: Any = source.node
    if not all(isinstance(f, sp.exp) for f in sp.Mul.make_args(inner.body)):
        return None
    return tower.convert(_replicated(tower, inner, field.expression(number), base, node))


def _replicated(
    tower: Tower, trace: ConfigurationSum, number: sp.Expr, base: sp.IndexedBase, node: GaussianMean
) -> sp.Expr:
    replica, family = tower.new_index(), sp.IndexedBase(f"{spin_base(tower.depth).label}\u2032r")
    exponent = sp.Add(*(f.args[0] for f in sp.Mul.make_args(trace.body)))
    exponent = _with_slot(exponent, trace.family, family, replica)
    body = sp.exp(Sigma(exponent, (replica, 1, number)))
    mean = GaussianMean(body, base, node.variance, *(tuple(r.args) for r in node.ranges))
    tower.techniques.add("replicas")
    return ConfigurationSum(mean, family, *(tuple(r.args) for r in trace.ranges), (tower.new_index(), 1, number))


def _with_slot(node: Any, family: sp.Basic, larger: sp.IndexedBase, replica: sp.Symbol) -> Any:
    if isinstance(node, sp.Indexed) and node.base == family:
        return larger[(*node.indices, replica)]
    if not node.args or not occurs(node, family):
        return node
    if isinstance(node, Sigma):
        body, fresh = node.opened()
        return Sigma(_with_slot(body, family, larger, replica), (fresh, node.lower, node.upper))
    return node.func(*(_with_slot(a, family, larger, replica) for a in node.args))


RULES[GaussianMean] = gaussian_mean
