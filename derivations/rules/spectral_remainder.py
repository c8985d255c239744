"""What is left out where each eigenvalue counts by its leading term: the exact remainder, and its bounds."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import Range
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality, Postulate, Statement
from theory.sums import Sigma

HIGHEST = 4
APART = Postulate(
    name="eigenvalues far from the temperature",
    claim="Each eigenvalue is far above 1 / beta or far below it.",
    justification="In equilibrium the free energy is a sum of two parts, which one eigenvalue near 1 / beta spoils.",
    test="The number of eigenvalues near 1 / beta in trained networks: each leaves out a term of order one.",
)


@rule("one eigenvalue far from the temperature", "Its term tends to a constant.")
def settled_term(
    *terms: Step, term: Any = None, entry: Any = None, eigenvalue: sp.Symbol, about: Any, domain: Domain
) -> Inference:
    """The limit of a term as the eigenvalue tends to 0 or to infinity, with the order of what is left.

    The term is that of the sum in a result, written for ``eigenvalue``, or ``term``.

    Raises
    ------
    ValueError
        If what is left falls as no small power of the eigenvalue, or of one over it.
    """
    left = _of_one(terms[0], entry, eigenvalue) if terms else term
    value = sp.limit(left, eigenvalue, about)
    small = 1 / eigenvalue if about == sp.oo else eigenvalue
    scaled = (sp.limit((left - value) / small**n, eigenvalue, about) for n in range(1, HIGHEST))
    order = next((n for n, found in enumerate(scaled, 1) if found.is_finite and found != 0), None)
    if value.has(sp.oo, sp.zoo) or order is None:
        raise ValueError(f"expected a term that settles as {eigenvalue} tends to {about}; found {left}")
    known = domain.restricted(left)
    return Inference(
        statement=Expansion(left, value, known, variable=eigenvalue, order=order, about=about), result=value
    )


def _of_one(step: Step, entry: Any, eigenvalue: sp.Symbol) -> Any:
    (node,) = cast(Any, step.result).atoms(Sigma)
    return node.at(entry.indices[0]).xreplace({entry: eigenvalue})


@rule("large and small eigenvalues apart", "Each group of eigenvalues counts by the term given for it.")
def group_terms(
    total: Step,
    *,
    entry: sp.Indexed,
    eigenvalue: sp.Symbol,
    number: sp.Symbol,
    groups: tuple[Range, Range],
    kept: tuple[Any, Any],
    domain: Domain,
) -> Inference:
    """A result with its sum replaced by sums over two groups, of their ``kept`` terms, in ``eigenvalue``.

    None for a kept term is the term itself. The claim is about the sums of constants, written as products with the
    sizes of the groups.
    """
    (node,) = cast(Any, total.result).atoms(Sigma)
    own = _of_one(total, entry, eigenvalue)
    chosen = [own if k is None else sp.sympify(k, strict=True) for k in kept]
    sums = [Sigma(c.xreplace({eigenvalue: entry}), g) for c, g in zip(chosen, groups, strict=True)]
    size = cast(Any, groups[1][2])
    left = cast(Any, total.result).xreplace({node: sp.Add(*sums)}).xreplace({number: size})
    written = [
        c * (g[2] - g[1] + 1) if eigenvalue not in c.free_symbols else s
        for c, g, s in zip(chosen, groups, sums, strict=True)
    ]
    right = cast(Any, total.result).xreplace({node: sp.Add(*written)}).xreplace({number: size})
    known = domain.restricted(left, right)
    return Inference(statement=Identity(left, right, known), result=right, postulates=(APART,))


@rule("what is left out", "The sum over all eigenvalues is that over the large ones and that over the small ones.")
def left_out(
    exact: Step,
    *leading: Step,
    entry: sp.Indexed,
    number: sp.Symbol,
    groups: tuple[Range, Range],
    inverse_temperature: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The exact result less the sum of the ``leading`` ones, as a sum over each group.

    Raises
    ------
    ValueError
        If terms that do not belong to an eigenvalue differ.
    """
    size = cast(Any, groups[1][2])
    whole = cast(Any, exact.result).xreplace({number: size})
    approximate = sp.Add(*[cast(Any, s.result).xreplace({number: size}) for s in leading])
    (index,) = cast(Any, entry).indices
    counts = [sp.Dummy(), sp.Dummy()]
    difference = sp.expand(whole - approximate, log=False)
    rest: Any = sp.S.Zero
    parts: list[Any] = [sp.S.Zero, sp.S.Zero]
    for term in sp.Add.make_args(difference):
        sums = term.atoms(Sigma)
        places = [k for k, g in enumerate(groups) if sums and _range(next(iter(sums))) == _range(g)]
        if not sums:
            rest += term
        for place in places or (range(2) if sums else ()):
            (node,) = sums
            parts[place] += term.xreplace({node: node.at(index)})
    first, second = groups[0][2], sp.expand(size - groups[0][2])
    rest = sp.expand(rest.xreplace({first: counts[0], second: counts[1]}), log=False)
    for place, count in enumerate(counts):
        parts[place] += rest.coeff(count)
        rest = sp.expand(rest - count * rest.coeff(count), log=False)
    if rest != 0:
        raise ValueError(f"expected terms of single eigenvalues alone; {rest} is left")
    tidy = [_tidy(part, entry, inverse_temperature) for part in parts]
    value = sp.Add(*[factor * Sigma(body, g) for (factor, body), g in zip(tidy, groups, strict=True)])
    known = domain.restricted(whole, approximate)
    return Inference(statement=Identity(whole - approximate, value, known), result=value)


def _range(given: Any) -> tuple[Any, Any]:
    ends = (given.lower, given.upper) if isinstance(given, Sigma) else given[1:]
    return sp.expand(ends[0]), sp.expand(ends[1])


def _tidy(part: Any, entry: Any, beta: sp.Symbol) -> tuple[Any, Any]:
    """What stands before the term of one eigenvalue, and the term as a function of beta lambda."""
    ratio = sp.Symbol("r", positive=True)
    plain = sp.expand(sp.expand_log(part.xreplace({entry: ratio / beta}), force=True))
    logs = sp.Add(*[t for t in sp.Add.make_args(plain) if t.has(sp.log)])
    other = sp.factor(sp.together(plain - logs))
    factor, body = sp.factor_terms(_joined(logs, ratio) + other).as_independent(ratio, as_Add=False)
    return factor, body.xreplace({ratio: beta * entry})


def _joined(logs: Any, ratio: sp.Symbol) -> Any:
    """a log(1 + r) - a log(r) as a log(1 + 1 / r); all else as it is."""
    front, behind = logs.coeff(sp.log(1 + ratio)), logs.coeff(sp.log(ratio))
    if front == 0 or sp.expand(front + behind) != 0:
        return logs
    return front * sp.log(1 + 1 / ratio) + sp.expand(logs - front * sp.log(1 + ratio) - behind * sp.log(ratio))


@rule("bounds of what is left out", "Each term lies between zero and its own leading term.")
def within_leading(
    remainder: Step,
    *,
    entry: sp.Indexed,
    ratio: sp.Indexed,
    inverse_temperature: sp.Symbol,
    groups: tuple[Range, Range],
    domain: Domain,
) -> Inference:
    """The sum of the sizes of all terms that are left out is below that of their leading terms.

    ``ratio`` is an eigenvalue times the inverse temperature. The result is the bound of the remainder.
    """
    bodies = _bodies(remainder, entry, ratio, inverse_temperature, groups)
    bounds = [_leading(b, ratio, about) for (_, b), about in zip(bodies, (sp.oo, sp.S.Zero), strict=True)]
    left = sp.Add(*[Sigma(b, g) for (_, b), g in zip(bodies, groups, strict=True)])
    right = sp.Add(*[Sigma(b, g) for b, g in zip(bounds, groups, strict=True)])
    known = domain.restricted(left, right)
    positive = [Inequality(Sigma(b, g), 0, domain.restricted(Sigma(b, g)), relation=">")
                for (_, b), g in zip(bodies, groups, strict=True)]  # fmt: skip
    back = [b.xreplace({ratio: inverse_temperature * entry}) for b in bounds]
    total = sp.Add(*[abs(f) * Sigma(b, g) for (f, _), b, g in zip(bodies, back, groups, strict=True)])
    return Inference(
        statement=Inequality(left, right, known, relation="<"),
        result=total,
        obligations=tuple(positive),
        remark=f"with r = beta lambda, {_text(bodies[0], bounds[0], ratio)} of each large eigenvalue and "
        f"{_text(bodies[1], bounds[1], ratio)} of each small one",
    )


@rule("counted", "Each term is largest for the eigenvalue of its group that is next to the temperature.")
def counted(
    remainder: Step,
    *,
    entry: sp.Indexed,
    ratio: sp.Indexed,
    inverse_temperature: sp.Symbol,
    groups: tuple[Range, Range],
    gap: sp.Symbol,
    domain: Domain,
) -> Inference:
    """No more than the size of each group times the term at the gap.

    All large eigenvalues are above ``gap`` over beta, all small ones below one over gap times beta; a gap of one leaves
    none out. The result is the bound of the remainder by the sizes of the groups.
    """
    bodies = _bodies(remainder, entry, ratio, inverse_temperature, groups)
    claims: list[Statement] = []
    total = sp.S.Zero
    for (factor, body), group, inside, scale in zip(bodies, groups, ((1, sp.oo), (0, 1)), (gap, 1 / gap), strict=True):
        at_gap = _at_gap(body, ratio, scale)
        share = group[2] - group[1] + 1
        left = Sigma(body.xreplace({ratio: scale * ratio}), group)
        known = domain.extended({ratio.base: inside}).restricted(left, share * at_gap)
        claims.append(Inequality(left, share * at_gap, known, relation="<"))
        total += abs(factor) * share * at_gap
    return Inference(
        statement=claims[0],
        result=total,
        obligations=tuple(claims[1:]),
        remark=f"at most {_plain(total)} where no eigenvalue is within a factor {gap} of 1 / {inverse_temperature}",
    )


def _bodies(
    remainder: Step, entry: Any, ratio: Any, beta: sp.Symbol, groups: tuple[Range, Range]
) -> list[tuple[Any, Any]]:
    """For each group the factor in front, with its sign, and the positive term in the ratio."""
    found = []
    for group in groups:
        (term,) = [
            t
            for t in sp.Add.make_args(cast(Any, remainder.result))
            if _range(next(iter(t.atoms(Sigma)))) == _range(group)
        ]
        (node,) = term.atoms(Sigma)
        body = node.at(entry.indices[0]).xreplace({entry: ratio / beta})
        sign = sp.sign(cast(Any, body.xreplace({ratio: sp.S.One})).evalf())
        found.append((sign * term / node, _signed(sign, body)))
    return found


def _signed(sign: Any, body: Any) -> Any:
    return sp.Add(*[sign * t for t in sp.Add.make_args(body)])


def _at_gap(body: Any, ratio: Any, value: Any) -> Any:
    """The term at a gap, what is rational in it as one fraction."""
    terms = sp.Add.make_args(body.xreplace({ratio: value}))
    logs = sp.Add(*[t for t in terms if t.has(sp.log)])
    return logs + sp.factor(sp.together(sp.Add(*[t for t in terms if not t.has(sp.log)])))


def _leading(body: Any, ratio: Any, about: Any) -> Any:
    letter = sp.Symbol("r", positive=True)
    term = body.xreplace({ratio: 1 / letter if about == sp.oo else letter})
    for power in range(HIGHEST):
        found = sp.limit(term / letter**power, letter, 0)
        if found != 0:
            return found * (1 / ratio if about == sp.oo else ratio) ** power
    raise ValueError(f"expected a term that falls as a small power; found {body}")


def _text(body: tuple[Any, Any], bound: Any, ratio: Any) -> str:
    letter = sp.Symbol("r")
    return f"{body[1].xreplace({ratio: letter})} < {bound.xreplace({ratio: letter})}"


def _plain(expression: Any) -> str:
    return str(sp.factor_terms(expression))
