"""``saddlepoint analyze``."""

from __future__ import annotations

from typing import Any

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, wrong_call

ENSEMBLE_LABELS = {
    "log_partition": "log Z of the states",
    "least_eigenvalue": "least eigenvalue of G",
    "largest_eigenvalue": "largest eigenvalue of G",
    "n_unit_eigenvalues": "eigenvalues of G that are 1",
    "squared_trace": "Tr (log G)^2",
    "cubed_trace": "Tr (log G)^3",
}


@click.command(short_help="A trained network: melting temperature, spectrum.")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@click.option(
    "--orientation",
    type=click.Choice(["in-out", "out-in"]),
    help="Whether the rows of each matrix are its inputs (in-out) or its outputs; needed where both fit.",
)
@click.option(
    "--inverse-temperature", "beta", type=float, help="Also the ensemble of the network's states at this temperature."
)
@click.option("--mass", default=0.0, show_default=True, help="Strength of the local objective in that ensemble.")
@json_option
def analyze(file: str, orientation: Any, beta: float | None, mass: float, json_file: str | None) -> None:
    """A trained network as a spin model: its melting temperature and the spectrum of its bonds.

    FILE is an npz archive of weight matrices in layer order. With --inverse-temperature also the Gaussian ensemble of
    its states, Vanchurin (2020): log Z and the spectrum of G = (1 - w)^T (1 - w), slopes of the activation 1.

    \b
    saddlepoint analyze weights.npz
    saddlepoint analyze weights.npz --orientation in-out --json -
    saddlepoint analyze weights.npz --inverse-temperature 1.5
    """
    from rich.table import Table

    from numerics import analyze as analyzed
    from saddlepoint.strict_json import row

    with wrong_call(ValueError, TypeError), wrong_call(OSError, message=_unread):
        record = row(analyzed(file, orientation=orientation))
        if beta is not None:
            record["state_ensemble"] = _ensemble(file, orientation, beta, mass)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, value in record.items():
        if name not in ("schema", "state_ensemble"):
            table.add_row(name.replace("_", " "), _shown(value))
    for name, value in record.get("state_ensemble", {}).items():
        table.add_row(ENSEMBLE_LABELS.get(name, name.replace("_", " ")), _shown(value))
    console_for(json_file).print(table)
    answer_json(json_file, record)


def _ensemble(file: str, orientation: Any, beta: float, mass: float) -> dict[str, Any]:
    from numerics.learning.state_ensemble import state_ensemble

    return state_ensemble(file, inverse_temperature=beta, mass=mass, orientation=orientation).to_json()


def _unread(error: OSError) -> str:
    return f"{error.filename or 'file'}: {error.strerror or error}; give an npz archive of weight matrices"


def _shown(value: Any) -> str:
    if value is None:
        return "undefined"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        shown = ", ".join(_shown(v) for v in value[:12])
        return f"{shown}, ... ({len(value)} values)" if len(value) > 12 else shown
    return str(value)
