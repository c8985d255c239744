"""Draw the figures of the README and of the documents into a folder: ``python -m saddlepoint.figures docs/figures``."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from saddlepoint.figures.least_eigenvalue import draw_least_eigenvalue, sampled_curves
from saddlepoint.figures.vertex_flows import draw_vertex_flows

SEED = 0


def main(arguments: list[str]) -> None:
    """Draw all figures into the folder given."""
    if len(arguments) != 1:
        raise SystemExit("expected one folder, as in: python -m saddlepoint.figures docs/figures")
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "least-eigenvalue.png"
    draw_least_eigenvalue(sampled_curves(np.random.default_rng(SEED)), target)
    print(target)
    loops = folder / "vertex-flows.png"
    draw_vertex_flows((2, 4, 6, 8), loops)
    print(loops)


if __name__ == "__main__":
    main(sys.argv[1:])
