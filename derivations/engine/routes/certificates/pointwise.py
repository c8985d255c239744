r"""Inequalities of Gaussian means, by inequalities of what is averaged.

A mean inside a function is replaced by a letter m and its tangent: for every m the mean of
G(m) + G'(m) (f(z) - m) is G(m) + G'(m) (mean f - m), which is G(mean f) at m = mean f. So the claim follows where
G(m) + G'(m) (f(z) - m), less what else is averaged, is nowhere negative for all m and z: that is Jensen's
inequality for convex G. The means have to exist, and G to be analytic where they may lie. What is free of z may be
written as the mean of itself times z^(2k)/(2k - 1)!!.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any

import sympy as sp

from derivations.engine.routes.asymptotics.signs import Signs
from derivations.engine.routes.certificates.analytic import analytic
from derivations.engine.routes.certificates.gaussian_parts import has_mean
from derivations.engine.routes.certificates.tangency import Prove
from derivations.engine.routes.exact import with_tower
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.sums import free_names, rename

MOST_MEANS = 4


def under_the_mean(expression: Any, domain: Domain, provers: tuple[Prove, ...], *, strict: bool) -> str:
    """How an expression in means over one standard normal variable is proved nonnegative; else empty.

    Of ``provers`` the first is tried on all forms before the next one, which takes longer.
    """
    means = sorted(expression.atoms(GaussianMean), key=str)
    if not 0 < len(means) <= MOST_MEANS or any(m.ranges or m.variance != 1 or m.body.has(GaussianMean) for m in means):
        return ""
    z = sp.Dummy("z", real=True)
    inside = domain.extended({z: sp.S.Reals})
    bodies = [rename(m.body, m.family, z) for m in means]
    if not all(free_names(body) <= set(inside.sets) and _has_mean(body, z, inside) for body in bodies):
        return ""
    letters = [sp.Dummy("m", real=True) for _ in means]
    outside = expression.xreplace(dict(zip(means, letters, strict=True)))
    tangents = (sp.diff(outside, m) * (body - m) for m, body in zip(letters, bodies, strict=True))
    averaged = sp.expand(outside + sp.Add(*tangents))
    for m, body in zip(letters, bodies, strict=True):
        if m in averaged.free_symbols:
            inside = inside.extended({m: (0, sp.oo) if provers[0](body, inside, strict=True) else sp.S.Reals})
    if not analytic(outside, inside.extended({m: sp.S.Reals for m in letters if m not in inside.sets})):
        return ""
    right = inside.extended({z: (0, sp.oo)})
    forms = map(partial(_in_one_product, z=z, names=domain.sets), _by_moments(averaged, z))
    for prove, form in product(provers, sorted(forms, key=lambda f: len(f.free_symbols))):
        if prove(form, inside) and (not strict or prove(form, right, strict=True)):
            return "what is averaged is nowhere negative"
    return ""


def _has_mean(body: Any, z: Any, domain: Domain) -> bool:
    """Whether an expression is certainly real and has a mean."""
    try:
        return Signs(domain).real(body) and with_tower(domain, lambda tower: has_mean(tower, z, body))
    except UnsupportedError:
        return False


def _by_moments(averaged: Any, z: Any) -> Iterator[Any]:
    """The same mean in other forms: what is free of z times its normalized powers, alike or by degree."""
    constant, rest = averaged.as_independent(z, as_Add=True)
    yield averaged
    if constant != 0:
        yield rest + constant * z**2
        yield rest + sp.Add(*(term * _moment(z, _degree(term)) for term in sp.Add.make_args(constant)))


def _in_one_product(form: Any, z: Any, names: Any) -> Any:
    """Where a parameter enters by its product with z alone, the product is called z: it runs through the same line."""
    for name, chosen in names.items():
        if not isinstance(name, sp.Symbol) or chosen.contains(sp.S.Zero) != sp.false:
            continue
        scaled = sp.expand(form.subs(z, z / name))
        if name not in scaled.free_symbols:
            return scaled
    return form


def _degree(term: Any) -> int:
    powers = term.as_powers_dict()
    return int(sum(e for base, e in powers.items() if base.is_Symbol and e.is_Integer and e > 0))


def _moment(z: Any, degree: int) -> Any:
    """z^n over its mean, for even n."""
    return z**degree / sp.factorial2(degree - 1) if degree % 2 == 0 else sp.S.One
