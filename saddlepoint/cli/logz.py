"""``saddlepoint logz``."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from saddlepoint.cli.answers import WrongCall, answer_json, console_for, json_option, remark, wrong_call

if TYPE_CHECKING:
    from numerics.free_energies.log_partition import LogPartition
    from saddlepoint.store import Store


LONG = 5e8
"""Chains times steps times units each way, from which finished batches are kept: some seconds and more."""


@click.command(short_help="The partition function of a Boltzmann machine or a Hopfield network.")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@click.option("--spins", is_flag=True, help="Units are -1 and 1, not 0 and 1.")
@click.option(
    "--method",
    type=click.Choice(["auto", "exact", "annealing"]),
    default="auto",
    show_default=True,
    help="Sum over all states (of the smaller layer, where there are layers), or estimate.",
)
@click.option("--chains", type=click.IntRange(min=2), default=1000, show_default=True, help="In each direction.")
@click.option("--temperatures", type=click.IntRange(min=1), default=1000, show_default=True, help="Steps between.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--resume/--no-resume",
    default=None,
    help="Keep finished batches of chains and go on where a run of this call was stopped; long runs do.",
)
@json_option
def logz(
    file: str,
    spins: bool,
    method: Any,
    chains: int,
    temperatures: int,
    seed: int,
    resume: bool | None,
    json_file: str | None,
) -> None:
    """log Z of a Boltzmann machine at temperature 1, restricted or fully connected, or of a Hopfield network.

    FILE is an npz archive, in units of k_B T: W of shape (visible, hidden), b_visible and b_hidden for
    E = -b_visible.v - b_hidden.h - v.W.h; or J, symmetric with zeros on its diagonal, and b for E = -b.x - x.J.x/2; or
    patterns of -1 and 1 with shape (patterns, units), and beta unless it is 1, for couplings beta/units times their
    products.

    \b
    saddlepoint logz machine.npz
    saddlepoint logz machine.npz --spins --json -
    saddlepoint logz machine.npz --chains 5000 --temperatures 10000 --seed 1
    saddlepoint logz machine.npz --method annealing --resume
    """
    import numpy as np

    from numerics.free_energies.log_partition import is_summed, log_partition
    from numerics.networks.machine_files import read_machine
    from saddlepoint.progress import activity
    from saddlepoint.strict_json import row

    with wrong_call(ValueError, TypeError), wrong_call(OSError, message=_unread):
        machine = read_machine(file, spins=spins)
    keep = chains * temperatures * machine.n_units > LONG if resume is None else resume
    with wrong_call(ValueError), activity() as tell:
        found = log_partition(
            machine,
            method=method,
            rng=np.random.default_rng(seed),
            n_chains=chains,
            n_temperatures=temperatures,
            n_threads=os.cpu_count() or 1,
            store=_store(resume is True) if keep and not is_summed(machine, method) else None,
            progress=lambda done, total, title: tell(title, done, total),
        )
    _print(found, json_file)
    answer_json(
        json_file, row({**asdict(found), "reliable": found.reliable, "seed": None if found.lower is None else seed})
    )
    if found.warnings:
        raise SystemExit(1)


def _store(asked_for: bool) -> Store | None:
    """Where finished batches are kept; none where that cannot be and was not asked for."""
    from saddlepoint.store import Store, StoreError

    try:
        store = Store()
    except (OSError, StoreError) as error:
        if asked_for:
            raise WrongCall(f"expected a folder to keep finished batches in; found none ({error})") from error
        remark(f"Finished batches are not kept: {error}")
        return None
    remark(f"Finished batches are kept in {store.path}: a call that was stopped goes on when repeated.")
    return store


def _unread(error: OSError) -> str:
    from numerics.networks.machine_files import KINDS

    return f"{error.filename or 'file'}: {error.strerror or error}; give an npz archive with {KINDS}"


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
