"""Why it holds: the engine, the rules, the derivations, and the judgement on what papers print."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivations.collection import catalogue as catalogue
    from derivations.collection import find as find
    from derivations.engine.derivation import Derivation as Derivation
    from derivations.engine.derivation import RefutedStepError as RefutedStepError
    from derivations.engine.kinds.total_derivative import boundary_obligations as boundary_obligations
    from derivations.engine.verify import verify as verify
    from derivations.judgement import judge as judge

_HOMES = {
    "Derivation": "derivations.engine.derivation",
    "RefutedStepError": "derivations.engine.derivation",
    "boundary_obligations": "derivations.engine.kinds.total_derivative",
    "catalogue": "derivations.collection",
    "find": "derivations.collection",
    "judge": "derivations.judgement",
    "verify": "derivations.engine.verify",
}

__all__ = ["Derivation", "RefutedStepError", "boundary_obligations", "catalogue", "find", "judge", "verify"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: SymPy is slow to load."""
    if name not in _HOMES:
        raise AttributeError(f"module 'derivations' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
