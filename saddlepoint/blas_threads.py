"""One BLAS thread a process. For many small matrices two are up to twenty times slower on a busy machine."""

from __future__ import annotations

import os

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def use_one_blas_thread() -> None:
    """Say so to NumPy, before it is loaded, and to processes started later; what the user has set stays."""
    for name in VARIABLES:
        os.environ.setdefault(name, "1")
