"""``saddlepoint selftest``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, remark, wrong_call

if TYPE_CHECKING:
    from saddlepoint.store import Store


@click.command(short_help="Grade the engine on claims that are known to be true or wrong.")
@click.option("--quick", "scale", flag_value="quick", help="One identity of each family.")
@click.option("--full", "scale", flag_value="full", help="All identities, five wrong claims from each; resumes.")
@click.option("--family", "families", multiple=True, metavar="F", help="Only this family; may be given again.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Of the sample and the slips.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Processes to use.")
@json_option
def selftest(scale: str | None, families: tuple[str, ...], seed: int, workers: int, json_file: str | None) -> None:
    """Put known identities, rewritten forms of them and wrong ones to the engine, and count its verdicts.

    What is true is decided by an oracle that shares nothing with the engine. Ends with 1 if any verdict is false.

    \b
    saddlepoint selftest
    saddlepoint selftest --family gaussian_integrals --seed 3
    saddlepoint selftest --full --workers 2 --json grades.json
    """
    from saddlepoint.progress import activity
    from saddlepoint.selftest.answer import answer_of
    from saddlepoint.selftest.plan import units
    from saddlepoint.selftest.running import run_units
    from saddlepoint.selftest.table import print_marks

    size = scale or "default"
    with wrong_call(ValueError):
        chosen = units(size, seed, families)
    console, store = console_for(json_file), _store() if size == "full" else None
    with activity() as progress:
        grades = run_units(
            chosen,
            workers=workers,
            store=store,
            on_unit=lambda unit, done: progress(unit.family, done, len(chosen)),
        )
    print_marks(grades, console)
    answer_json(json_file, answer_of(grades, scale=size, seed=seed))
    if any(grade.outcome == "false" for grade in grades):
        raise SystemExit(1)


def _store() -> Store:
    """Where finished units are kept, so that a run that was stopped goes on."""
    from saddlepoint.store import Store

    store = Store()
    remark(f"Finished units are kept in {store.path}; delete that folder to start afresh.")
    return store
