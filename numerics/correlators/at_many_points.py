"""What is derived for any number of points, as a function of arrays of points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from theory.models import random_network as model

Array = NDArray[np.float64]


def at_many_points(derived: Callable[[], Any], points: Any, values: Mapping[Any, float]) -> Array:
    """The values of a derived expression at many sets of points.

    Parameters
    ----------
    derived
        Gives the expression, in the points, their number and their dimension.
    points
        shape (n_sets, n, d).
    values
        Of the other symbols in it.

    Returns
    -------
    array of shape (n_sets,)
    """
    n, d = points.shape[-2:]
    columns = np.moveaxis(points.reshape(*points.shape[:-2], n * d), -1, 0)
    return np.asarray(_lowered(derived, n, d, tuple(values))(*columns, *values.values()))


@cache
def _lowered(derived: Callable[[], Any], n: int, d: int, others: tuple[Any, ...]) -> Any:
    from numerics.lowering import lower
    from theory.sums import unroll

    letters = sp.symbols(f"x:{n * d}", real=True)
    known: dict[Any, Any] = {model.n_points: sp.Integer(n), model.input_dimension: sp.Integer(d)}
    known.update({model.points[i + 1, j + 1]: letters[i * d + j] for i in range(n) for j in range(d)})
    return lower(unroll(derived(), lambda atom: known.get(atom, atom)), (*letters, *others))
