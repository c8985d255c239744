"""Whether chains that started in different ways have come to the same law."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom, ks_2samp

Array = NDArray[np.float64]


def mixing_p_value(works: Array, other_works: Array, ones: Array, other_ones: Array) -> float:
    """Probability that independent samples of one law differ as much as these do, or more.

    Works are compared by the test of Kolmogorov and Smirnov, the units one by one by Fisher's exact test; the least
    probability of all is multiplied by how many tests there are (Bonferroni), so that it is not understated.

    Parameters
    ----------
    works, other_works
        Of the chains of either kind, shape (n,) and (n_other,).
    ones, other_ones
        In how many chains of either kind each unit is 1, shape (n_units,).
    """
    test: Any = ks_2samp(works, other_works)
    total = works.size + other_works.size
    count = hypergeom(total, ones + other_ones, works.size)
    units = 2 * np.minimum(count.cdf(ones), count.sf(ones - 1))
    return float(min(1.0, 2 * test.pvalue, 2 * ones.size * np.min(units)))
