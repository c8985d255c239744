"""An instance of a general result."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Definition, Identity
from theory.sums import unfold


@rule("instance", "A special case of the general result.")
def instance(general: Step, *choices: Step) -> Inference:
    """The result with each chosen definition put in; families that are fixed leave the domain for their values."""
    statement = cast(Identity, general.statement)
    left, right, sets = statement.left, general.result, dict(statement.domain.sets)
    for step in choices:
        definition = cast(Definition, step.statement)
        left, right = (unfold(e, definition.symbol, definition.expression) for e in (left, right))
        family = sets.pop(definition.symbol.base)
        sets.update(
            {
                s: family
                for s in sorted(cast(Any, definition.expression).free_symbols, key=str)
                if isinstance(s, sp.Symbol)
            }
        )
    domain = Domain(sets, statement.domain.constraints)
    return Inference(statement=Identity(left, right, domain))
