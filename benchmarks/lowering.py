"""Lowered functions beside lambdify, autowrap, symengine, numba and C by hand, and beside what the machine can do.

    python -m benchmarks.lowering               some minutes
    python -m benchmarks.lowering --quick       one repetition without the longest arrays, to see that it runs
    python -m benchmarks.lowering --only TAP    the formulas whose name holds this
    python -m benchmarks.lowering --json FILE   all that was measured, too

All are timed in turn within one process on one thread, in seconds of the processor. A ratio is the median over
repetitions with its quartiles, each from neighboring timings: 3 says that the row takes three times as long. The floor
is the largest of three times: of the bytes read and written, at the bandwidth of a copy of as many; of divisions and
square roots; and of the other operations, each at its measured rate. A target that the floor misses is out of reach on
the machine. Time until the first value counts from the expression, with SymPy's memory emptied; "again" has the
compiled object at hand. What is not installed is left out and named. Formulas marked "stated" wait for a derivation.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
import sympy as sp

from benchmarks.comparison.measurement import Measurement, measured
from benchmarks.comparison.peers import PEERS, has_compiler
from benchmarks.comparison.report import data, lines, summary
from benchmarks.comparison.subjects import stated, subjects
from numerics.lowering.c.toolchain import compiler

LENGTHS = (1, 64, 10_000, 1_000_000)
REPETITIONS = 9


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition, arrays up to ten thousand")
    parser.add_argument("--only", metavar="NAME", default="", help="formulas whose name holds this")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write everything to a file")
    options = parser.parse_args()
    chosen = [s for s in subjects() if options.only in s.name]
    if not chosen:
        parser.error(f"no formula has {options.only!r} in its name: {'; '.join(s.name for s in subjects())}")
    print(*(f"{key}: {value}" for key, value in _machine().items()), sep="\n")
    found: list[Measurement] = []
    for subject in chosen:
        found.append(
            measured(subject, PEERS, LENGTHS[:-1] if options.quick else LENGTHS, 1 if options.quick else REPETITIONS)
        )
        print("", *lines(found[-1]), sep="\n", flush=True)
    print("", *summary(found, stated(chosen)), sep="\n")
    if options.json:
        content = {"machine": _machine(), "subjects": [data(m) for m in found]}
        options.json.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _machine() -> dict[str, Any]:
    return {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "sympy": sp.__version__,
        "compiler": compiler().version.partition(";")[0] if has_compiler() else "none",
    }


if __name__ == "__main__":
    main()
