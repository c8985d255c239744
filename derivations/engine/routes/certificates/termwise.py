r"""Inequalities of sums over symbolic ranges, by inequalities of their terms.

A sum of terms that are all nowhere negative is not negative; sums over different ranges are taken one by one. Entries
of families at the index of the sum, and sums that do not contain it, become letters of their own: what holds for all of
these holds for those. Where a sum S of positive terms a(x) occurs, the shares a(x) / S sum to one, as does one over the
number of terms: so a constant is put under the sum times shares, and the difference of two shares, whose sum is zero,
may be added to a term. With that q log(q/p) >= q - p proves that a relative entropy is not negative.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations.engine.routes.asymptotics.signs import Signs
from derivations.engine.routes.certificates.tangency import Prove
from derivations.engine.routes.exact import with_tower
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.generators.atoms import is_positive_expression, is_real_expression
from derivations.engine.routes.normal_forms.tower import Tower
from theory.domain import Domain
from theory.sums import Binder, Sigma, free_names

MOST_SHARES = 3
OTHERS = (ExprWithLimits, sp.Derivative, sp.Subs)
"""What binds names in its own way."""


@dataclass(frozen=True, kw_only=True)
class _Sums:
    """A combination of sums over one range: what is summed, in one index, and what stands outside of the sums."""

    body: Any
    constant: Any
    index: sp.Symbol
    low: Any
    high: Any


def by_terms(expression: Any, domain: Domain, prove: Prove, *, strict: bool) -> str:
    """How a combination of sums over one range is proved nonnegative by its terms; else empty."""
    domain = domain.restricted(expression)
    if domain.constraints or any(not isinstance(b, Sigma) for b in expression.atoms(Binder, *OTHERS)):
        return ""
    parts = _by_range(expression)
    if len(parts) > 1:
        return "the terms of each sum are nowhere negative" * all(
            by_terms(part, domain, prove, strict=strict) for part in parts
        )
    found = _gathered(expression)
    if found is None or not _has_terms(found, domain):
        return ""
    for form in _forms(found, domain):
        if _proved(form, found, domain, prove, strict=strict):
            return "the terms of a sum are nowhere negative"
    return ""


def _by_range(expression: Any) -> list[Any]:
    """Sums over different ranges apart from each other; the whole where something is no sum."""
    parts: dict[Any, Any] = {}
    for term in sp.Add.make_args(sp.expand(expression, deep=False)):
        sums = [f for f in sp.Mul.make_args(term) if isinstance(f, Sigma)]
        if len(sums) != 1:
            return [expression]
        ends = sp.expand(sums[0].lower), sp.expand(sums[0].upper)
        parts[ends] = parts.get(ends, sp.S.Zero) + term
    return list(parts.values())


def factored_out(node: Any) -> Any:
    """The expression with factors that do not depend on the index of a sum in front of it."""
    if not node.has(Sigma) or isinstance(node, sp.Tuple):
        return node
    node = node.func(*map(factored_out, node.args))
    if not isinstance(node, Sigma):
        return node
    outside, inside = node.summand.as_independent(node.index, as_Add=False)
    return outside * Sigma(inside, node.args[1]) if outside != 1 else node


def _gathered(expression: Any) -> _Sums | None:
    """The sums of a linear combination in one index; None where their ranges differ."""
    index, body, constant, ends = sp.Dummy("x", integer=True), sp.S.Zero, sp.S.Zero, set()
    for term in sp.Add.make_args(sp.expand(expression, deep=False)):
        sums = [f for f in sp.Mul.make_args(term) if isinstance(f, Sigma)]
        if len(sums) != 1:
            constant += term
            continue
        body += term / sums[0] * sums[0].at(index)
        ends.add((sp.expand(sums[0].lower), sp.expand(sums[0].upper)))
    if len(ends) != 1:
        return None
    ((low, high),) = ends
    return _Sums(body=factored_out(body), constant=factored_out(constant), index=index, low=low, high=high)


def _has_terms(found: _Sums, domain: Domain) -> bool:
    """Whether the range is proved not to be empty, and has ends."""
    if found.low.is_infinite or found.high.is_infinite:
        return False

    def work(tower: Tower) -> bool:
        return tower.nonnegative(tower.convert(sp.expand(found.high - found.low)))

    try:
        return with_tower(domain, work)
    except UnsupportedError:
        return False


def _forms(found: _Sums, domain: Domain) -> Iterator[Any]:
    """The term with the constant under the sum, and with differences of shares added."""
    shares = [1 / sp.expand(found.high - found.low + 1)]
    for total in sorted((found.body + found.constant).atoms(Sigma), key=str)[:MOST_SHARES]:
        over_range = (sp.expand(total.lower), sp.expand(total.upper)) == (found.low, found.high)
        if over_range and found.index not in total.free_symbols and is_positive_expression(total.summand, domain):
            shares.append(total.at(found.index) / total)
    for share in shares if found.constant != 0 else shares[:1]:
        form = found.body + found.constant * share
        yield form
        yield from (form + one - other for one, other in permutations(shares, 2))


def _proved(form: Any, found: _Sums, domain: Domain, prove: Prove, *, strict: bool) -> bool:
    within = domain.extended({found.index: sp.Range(found.low, found.high + 1)})
    inner = _gathered(form)
    if inner is not None and inner.constant == 0 and found.index in inner.body.free_symbols:
        return bool(by_terms(form, within.restricted(form, found.index), prove, strict=strict))
    settled = _in_letters(form, found, within)
    if settled is None:
        return False
    letters, inside = settled
    return Signs(inside).real(letters) and prove(letters, inside, strict=strict)


def _in_letters(form: Any, found: _Sums, domain: Domain) -> tuple[Any, Domain] | None:
    """The term with sums and entries as letters, and with each share of a sum as a letter of its own."""
    sets: dict[Any, Any] = {}
    totals: dict[Any, tuple[Any, Any]] = {}
    for total in sorted(form.atoms(Sigma), key=str):
        positive = is_positive_expression(total.summand, domain) and _is_over(total, found)
        if not positive and not is_real_expression(total, domain):
            return None
        letter = sp.Dummy("S", positive=True) if positive else sp.Dummy("s", real=True)
        sets[letter] = (0, sp.oo) if positive else sp.S.Reals
        totals[total] = letter, total.at(found.index) if positive else None
    form = form.xreplace({total: letter for total, (letter, _) in totals.items()})
    shares = {letter: share for letter, share in totals.values() if share is not None}
    atoms = form.atoms(sp.Indexed).union(*(share.atoms(sp.Indexed) for share in shares.values()))
    entries = {}
    for atom in sorted(atoms, key=str):
        chosen = domain.sets[atom.base]
        if chosen.free_symbols or chosen.is_subset(sp.S.Reals) is not True:
            return None
        positive = is_positive_expression(atom, domain)
        entries[atom] = sp.Dummy(str(atom.base.label), positive=True) if positive else sp.Dummy("e", real=True)
        sets[entries[atom]] = chosen
    form = form.xreplace(entries)
    known = {letter: share.xreplace(entries) for letter, share in shares.items()}
    for letter in shares:
        form, known, sets = _with_share(form, letter, known, sets)
    inside = domain.extended(sets)
    return form, inside.restricted(form)


def _is_over(total: Sigma, found: _Sums) -> bool:
    """Whether a sum is over the same range, so that it has terms."""
    return (sp.expand(total.lower), sp.expand(total.upper)) == (found.low, found.high)


def _with_share(
    form: Any, letter: Any, terms: dict[Any, Any], sets: dict[Any, Any]
) -> tuple[Any, dict[Any, Any], dict[Any, Any]]:
    """The form, and the terms of all totals, in terms of u = term / letter > 0, which one entry is solved for."""
    share, term = sp.Dummy("u", positive=True), terms[letter]
    logarithm = sp.expand_log(sp.log(term), force=True)
    for entry in sorted(free_names(term) & set(sets), key=str):
        slope = sp.diff(logarithm, entry)
        if term == entry:
            value = share * letter
        elif slope.is_Rational and slope != 0:
            value = (sp.log(share) + sp.log(letter) - (logarithm - slope * entry)) / slope
        else:
            continue
        changed = sp.expand_log(form.subs(entry, value))
        if entry not in changed.free_symbols:
            return changed, {total: t.subs(entry, value) for total, t in terms.items()}, {**sets, share: (0, sp.oo)}
    return form, terms, sets
