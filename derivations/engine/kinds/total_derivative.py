"""Two densities differ by a total derivative if and only if their Euler operators agree in every field."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.kinds import tensor_densities
from derivations.engine.kinds.identity import for_all_functions
from derivations.engine.routes.asymptotics.expansions import parameters
from derivations.engine.routes.certificates.analytic import SMOOTH, analytic
from derivations.engine.routes.exact import vanishes
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.reductions.decaying_fields import integrals
from derivations.engine.routes.reductions.jets import Jets
from derivations.engine.routes.stand_ins import undetermined
from theory.domain import Domain
from theory.printing import expression_text
from theory.statements import EqualUpToTotalDerivative

LONGEST_CURRENT = 300


def examine(statement: EqualUpToTotalDerivative, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the Euler operators, fields and their derivatives being independent symbols.

    A function that is no field, such as a potential of the coordinates, is undetermined.
    """
    claim = claim_hash(statement)
    if tensor_densities.is_tensorial(statement.left, statement.right):
        return _of_tensors(statement, claim, seed)
    try:
        jets = _jets(statement)
        sides = [jets.convert(side) for side in (statement.left, statement.right)]
        fields = [f for f, _ in statement.fields]
        pairs = [tuple(jets.euler(side, f) for side in sides) for f in fields]
    except UnsupportedError as error:
        unknown = Evidence(route="exact", outcome="undecided", claim=claim, reason=str(error))
        return (unknown, *_by_decaying_fields(statement, claim, deadline, seed))
    task = Task(
        pairs=pairs, domain=jets.domain(statement.domain), claim=claim, technique="Euler operators",
        notes=tuple(f"Euler operator in {f}: the variational derivative of each side" for f in fields),
    )  # fmt: skip
    examiner = for_all_functions if undetermined(task.pairs) else equations
    found = examiner(task, deadline, seed)
    if any(e.outcome == "refutes" for e in found):
        return found
    return _completed(found, statement, jets, sides[0] - sides[1])


def _of_tensors(statement: EqualUpToTotalDerivative, claim: str, seed: int) -> tuple[Evidence, ...]:
    if any(s != sp.S.Reals for _, s in statement.fields):
        reason = "beside tensors a field must range over all real numbers"
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),)
    fields = tuple(f for f, _ in statement.fields)
    return tensor_densities.examine(statement.left, statement.right, statement.domain, claim, seed, fields)


def _by_decaying_fields(
    statement: EqualUpToTotalDerivative, claim: str, deadline: float, seed: int
) -> tuple[Evidence, ...]:
    """A refutation by the integrals for some fields; their agreement establishes nothing."""
    written = integrals(statement)
    if not written:
        return ()
    domain = reduce(parameters, statement.coordinates, statement.domain)
    task = Task(pairs=[], domain=domain, claim=claim, source=lambda _: written)
    return tuple(e for e in equations(task, deadline, seed) if e.outcome == "refutes")


def _jets(statement: EqualUpToTotalDerivative) -> Jets:
    taken = {s.name for e in statement.expressions() for s in e.free_symbols if isinstance(s, sp.Symbol)}
    return Jets(statement.fields, statement.coordinates, taken | {str(n) for n in statement.domain.sets})


def _completed(
    found: tuple[Evidence, ...], statement: EqualUpToTotalDerivative, jets: Jets, density: Any
) -> tuple[Evidence, ...]:
    """The evidence with the boundary terms. What vanishes locally is a derivative only where fields have no holes."""
    if len(_singular_in(density, jets)) > 1 and not _is_regular(density, jets.domain(statement.domain)):
        reason = (
            "the Euler operators agree, so locally it is a total derivative, but fields can wind around a singularity"
        )
        return tuple(replace(e, outcome="undecided", technique="", reason=reason) for e in found)
    conditions = _obligations(statement, jets, _current(statement, jets, density))
    return tuple(replace(e, conditions=conditions) if e.outcome in ("proves", "agrees") else e for e in found)


def _singular_in(density: Any, jets: Jets) -> set[Any]:
    """The fields and derivatives in whatever may be singular: holes in one of them alone leave pieces without holes."""
    nodes = [n for n in sp.preorder_traversal(density) if isinstance(n, sp.Pow | sp.Function) and not _is_entire(n)]
    return set().union(*(n.free_symbols for n in nodes), set()) & set(jets.meaning)


def _is_entire(node: Any) -> bool:
    power = isinstance(node, sp.Pow) and (node.base is sp.E or (node.exp.is_Integer and node.exp > 0))
    return power or isinstance(node, SMOOTH)


def _is_regular(density: Any, domain: Domain) -> bool:
    """Whether the density has no singular point among the values of the fields; an undetermined function has none."""
    calls = sorted(density.atoms(AppliedUndef, sp.Derivative, sp.Subs), key=lambda node: -len(str(node)))
    stand_ins = {node: sp.Dummy(real=True) for node in calls}
    return analytic(density.xreplace(stand_ins), domain.extended(dict.fromkeys(stand_ins.values(), sp.S.Reals)))


def _current(statement: EqualUpToTotalDerivative, jets: Jets, density: Any) -> tuple[Any, ...] | None:
    """A current, after its divergence has been compared with the density in normal form."""
    try:
        parts = jets.current(density)
        if parts is None:
            return None
        divergence = sum((jets.total(p, c) for p, c in zip(parts, statement.coordinates, strict=True)), sp.S.Zero)
        return parts if vanishes(divergence - density, jets.domain(statement.domain)) else None
    except (UnsupportedError, ValueError):
        return None


def boundary_obligations(statement: EqualUpToTotalDerivative) -> tuple[str, ...]:
    """What must hold at the boundary, so that the integrals of both densities are equal: a sentence a coordinate.

    The verdict on the claim has the same list as its ``conditions``.
    """
    if tensor_densities.is_tensorial(statement.left, statement.right):
        return tensor_densities.obligations(statement.left, statement.right, tuple(f for f, _ in statement.fields))
    try:
        jets = _jets(statement)
        density = jets.convert(statement.left) - jets.convert(statement.right)
    except UnsupportedError:
        return (_GENERIC,)
    return _obligations(statement, jets, _current(statement, jets, density))


_GENERIC = "the current whose divergence is the difference does not contribute at the boundary"


def _obligations(statement: EqualUpToTotalDerivative, jets: Jets, current: tuple[Any, ...] | None) -> tuple[str, ...]:
    if current is None or any(len(str(part)) > LONGEST_CURRENT for part in current):
        return (_GENERIC,)
    parts = zip(statement.coordinates, map(jets.restored, current), strict=True)
    return tuple(f"{expression_text(part)} takes equal values at both ends of {c}" for c, part in parts if part != 0)
