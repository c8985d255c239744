"""Every operation by the name of its rule, so that a saved derivation can be computed again."""

from __future__ import annotations

from collections.abc import Callable

from derivations.operations.arithmetic import add, divide, multiply, subtract, swap
from derivations.operations.calculus import differentiate, expand, integrate, limit
from derivations.operations.equation import Done
from derivations.operations.functions import exponential, logarithm
from derivations.operations.means import average
from derivations.operations.rewriting import rewrite, substitute

OPERATIONS: dict[str, Callable[..., Done]] = {
    f"both sides: {operation.__name__}": operation
    for operation in (
        add, subtract, multiply, divide, swap, differentiate, integrate, limit, expand, logarithm, exponential, average,
        substitute, rewrite,
    )
}  # fmt: skip
