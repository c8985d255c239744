"""Draw the figures of the README and of the documents into a folder: ``python -m saddlepoint.figures docs/figures``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from numerics.flows.convergence import truncation_convergence
from numerics.flows.global_fixed_point import global_fixed_point
from saddlepoint.figures.least_eigenvalue import draw_least_eigenvalue, sampled_curves
from saddlepoint.figures.truncations import Truncations, draw_truncations
from saddlepoint.figures.vertex_flows import draw_vertex_flows
from theory.regulators import LitimRegulator, Regulator, SharpRegulator

SEED = 0
SEQUENCES = ((LitimRegulator(), 1), (LitimRegulator(), 4), (SharpRegulator(), 1))
HIGHEST_ORDER = 12


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
    target = folder / "truncations.png"
    draw_truncations([_truncations(regulator, n) for regulator, n in SEQUENCES], target)
    print(target)


def _truncations(regulator: Regulator, components: int) -> Truncations:
    choices: dict[str, Any] = {"dimension": 3, "components": components, "regulator": regulator}
    return Truncations(
        name=f"{regulator.name}, N = {components}",
        truncated=truncation_convergence(**choices, order=HIGHEST_ORDER),
        untruncated=global_fixed_point(**choices),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
