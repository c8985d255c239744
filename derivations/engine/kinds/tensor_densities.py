"""Claims on densities of tensor fields: in normal form for every dimension, and at jets in the dimension at hand."""

# pyright: reportArgumentType=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import replace
from typing import Any

from derivations.algebra.metric_terms import Sum
from derivations.algebra.tensor_expansion import Expansion, NotAContractionError, summand_of
from derivations.engine.evidence import Evidence
from derivations.engine.routes.jet_values import route
from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain
from theory.tensors import SymmetricTensorField, TensorEntry

LONGEST_CURRENT = 400
END = "lambda"
GENERIC = "the current whose divergence is the difference does not contribute at the boundary"
WINDING = (
    "the Euler operators agree in this dimension, so locally it is a divergence, but no current is known that is made "
    "of the fields alone, and fields can wind"
)


def is_tensorial(*sides: Any) -> bool:
    """Whether expressions hold entries of tensors."""
    return any(getattr(side, "has", lambda *_: False)(TensorEntry) for side in sides)


def examine(
    left: Any, right: Any, domain: Domain, claim: str, seed: int, fields: tuple[Any, ...] | None = None
) -> tuple[Evidence, ...]:
    """The evidence on two densities that are equal or, where fields are given, equal up to a divergence."""
    sides = Sides(left, right, fields or (), fields is None)
    if fields is not None and sides.explicit:
        reason = f"the densities depend on {', '.join(map(str, sides.explicit))} other than by their fields"
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),)
    proof = _proof(sides, claim)
    try:
        found = route.examine(sides, domain, claim, seed)
        if proof.outcome == "proves" or found.outcome != "agrees":
            return (proof, found)
        if fields is not None:
            return (proof, replace(found, outcome="undecided", reason=f"{WINDING} ({found.reason})"))
        return (proof, found, route.exact_values(sides, domain, claim, seed))
    except (UnsupportedError, ValueError) as error:
        return (proof, Evidence(route="modular", outcome="undecided", claim=claim, reason=str(error)))


def obligations(left: Any, right: Any, fields: tuple[Any, ...]) -> tuple[str, ...]:
    """What must hold at the boundary, so that the integrals of both densities are equal."""
    sides = Sides(left, right, fields, False)
    if sides.explicit:
        return (GENERIC,)
    proof = _proof(sides, "")
    return proof.conditions if proof.outcome == "proves" else (GENERIC,)


def _proof(sides: Sides, claim: str) -> Evidence:
    """What the normal form of the difference says."""
    told: dict[str, Any] = {"outcome": "undecided", "reason": "the normal forms differ"}
    try:
        metric = _metric(sides)
        difference = Expansion(metric).sum_of(sides.left - sides.right)
        if sides.is_local:
            if not difference:
                told = {"outcome": "proves", "technique": "normal form of contractions, in every dimension"}
        else:
            told = _up_to_a_divergence(sides, metric, difference)
    except NotAContractionError as error:
        told = {"outcome": "undecided", "reason": str(error)}
    return Evidence(route="exact", claim=claim, **told)


def _metric(sides: Sides) -> SymmetricTensorField:
    if len(sides.metrics) != 1:
        raise NotAContractionError(f"a contraction is one by a single metric; found {len(sides.metrics)}")
    fields = _varied(sides)
    if len({f.coordinates for f in fields}) > 1:  # a term knows its fields by their names
        raise NotAContractionError(f"tensor fields of different coordinates: {', '.join(sorted(map(str, fields)))}")
    return sides.metrics[0]


def _up_to_a_divergence(sides: Sides, metric: SymmetricTensorField, difference: Sum) -> dict[str, Any]:
    """A current is found by moving derivatives, and its divergence is compared in normal form."""
    tensors = {e.args[k] for e in sides.entries for k in range(e.n_fields)} | _varied(sides)
    least = {t.name: 2 if t == metric else 1 for t in tensors if set(t.components) <= set(sides.fields)}
    calculus = Expansion(metric).calculus
    current = calculus.current(difference, least, END)
    if current is None:
        operators = [calculus.euler(difference, name, ("'a", "'b")) for name in least]
        vanish = bool(operators) and not any(operators)
        return {"outcome": "undecided", "reason": WINDING if vanish else "the normal forms differ"}
    conditions = (_condition(current, tensors | {metric}, metric),) if current else ()
    technique = "the difference is the divergence of a current, in normal form, in every dimension"
    return {"outcome": "proves", "technique": technique, "conditions": conditions}


def _varied(sides: Sides) -> set[SymmetricTensorField]:
    return set(sides.left.atoms(SymmetricTensorField) | sides.right.atoms(SymmetricTensorField))


def _condition(current: Sum, tensors: set[SymmetricTensorField], metric: SymmetricTensorField) -> str:
    text = str(summand_of(current, tensors, metric))
    if len(text) > LONGEST_CURRENT:
        return GENERIC
    return f"{text} takes equal values at both ends of the coordinate of its index {END}"
