"""``saddlepoint logz``."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, wrong_call

if TYPE_CHECKING:
    from numerics.free_energies.log_partition import LogPartition


@click.command(short_help="The partition function of a restricted Boltzmann machine.")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@click.option("--spins", is_flag=True, help="Units are -1 and 1, not 0 and 1.")
@click.option(
    "--method",
    type=click.Choice(["auto", "exact", "annealing"]),
    default="auto",
    show_default=True,
    help="Sum over the smaller layer (at most 25 units), or estimate.",
)
@click.option("--chains", type=click.IntRange(min=2), default=1000, show_default=True, help="In each direction.")
@click.option("--temperatures", type=click.IntRange(min=1), default=1000, show_default=True, help="Steps between.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@json_option
def logz(file: str, spins: bool, method: Any, chains: int, temperatures: int, seed: int, json_file: str | None) -> None:
    """log Z of a restricted Boltzmann machine at temperature 1.

    FILE is an npz archive with W of shape (visible, hidden), b_visible and b_hidden, in units of k_B T:
    E = -b_visible.v - b_hidden.h - v.W.h.

    \b
    saddlepoint logz machine.npz
    saddlepoint logz machine.npz --spins --json -
    saddlepoint logz machine.npz --chains 5000 --temperatures 10000 --seed 1
    """
    import numpy as np

    from numerics.free_energies.log_partition import log_partition
    from numerics.networks.boltzmann import read_machine
    from saddlepoint.progress import activity
    from saddlepoint.strict_json import row

    with wrong_call(ValueError, TypeError), wrong_call(OSError, message=_unread):
        machine = read_machine(file, spins=spins)
    with wrong_call(ValueError), activity() as tell:
        found = log_partition(
            machine,
            method=method,
            rng=np.random.default_rng(seed),
            n_chains=chains,
            n_temperatures=temperatures,
            n_threads=os.cpu_count() or 1,
            progress=lambda done, total, title: tell(title, done, total),
        )
    _print(found, json_file)
    answer_json(
        json_file, row({**asdict(found), "reliable": found.reliable, "seed": None if found.lower is None else seed})
    )
    if found.warnings:
        raise SystemExit(1)


def _unread(error: OSError) -> str:
    return f"{error.filename or 'file'}: {error.strerror or error}; give an npz archive with W, b_visible and b_hidden"


def _print(found: LogPartition, json_file: str | None) -> None:
    console = console_for(json_file)
    digits = 10 if found.lower is None else 4
    error = "" if found.lower is None else f" +- {found.standard_error:.2g}"
    console.print(f"log Z = {found.log_partition:.{digits}f}{error}")
    if found.lower is not None and found.upper is not None:
        console.print(f"between {found.lower:.4f} (forward) and {found.upper:.4f} (reverse chains), in the mean")
    console.print(found.method)
    for warning in found.warnings:
        console.print(f"unreliable: {warning}", style="yellow")
