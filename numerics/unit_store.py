"""Where finished units of a long computation are kept, as the computations see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

Arrays = Mapping[str, np.ndarray[Any, Any]]


class StoredArrays(Protocol):
    """A unit as a store gives it back."""

    @property
    def arrays(self) -> Arrays:
        """The arrays by name."""
        ...


class UnitStore(Protocol):
    """Where finished units of a run are kept; `saddlepoint.store.Store` is one."""

    def has(self, run: Any, *, unit: int = 0) -> bool:
        """Whether the unit is there."""
        ...

    def get(self, run: Any, *, unit: int = 0) -> StoredArrays:
        """The unit."""
        ...

    def put(self, run: Any, arrays: Any, metadata: Any = None, *, unit: int = 0) -> Any:
        """Keep the unit."""
        ...
