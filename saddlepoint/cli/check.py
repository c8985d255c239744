"""``saddlepoint check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, remark, wrong_call

if TYPE_CHECKING:
    from saddlepoint.store import Store


@click.command(short_help="Theory against sampled and trained networks.")
@click.argument("identifiers", nargs=-1, metavar="[ID ...]")
@click.option("--quick", "scale", flag_value="quick", help="Fewest samples that still reject the rivals.")
@click.option("--full", "scale", flag_value="full", help="The statistics of a publication: about 25 minutes.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Seed of all random numbers.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Processes to use.")
@json_option
def check(identifiers: tuple[str, ...], scale: str | None, seed: int, workers: int, json_file: str | None) -> None:
    """Theory against networks that know nothing of it; each check names a rival theory it must reject.

    \b
    saddlepoint check
    saddlepoint check --quick --seed 3
    saddlepoint check --full --workers 2 --json checks.json
    """
    from saddlepoint.check_names import checks_named
    from saddlepoint.checking import check_rows, print_comparison, run_checks, status_of
    from saddlepoint.progress import activity

    with wrong_call(ValueError):
        chosen = checks_named(identifiers)
    console = console_for(json_file)
    with activity() as progress:
        comparisons = run_checks(
            chosen,
            scale=scale or "default",
            seed=seed,
            workers=workers,
            on_comparison=lambda comparison: print_comparison(comparison, console),
            progress=progress,
            store=_store() if scale == "full" else None,
        )
    answer_json(json_file, check_rows(comparisons))
    if not all(status_of(c) == "measured" for c in comparisons):
        raise SystemExit(1)


def _store() -> Store:
    """Where the units of long runs are kept, so that one that was stopped goes on."""
    from saddlepoint.store import Store

    store = Store()
    remark(f"Finished units are kept in {store.path}; delete that folder to start afresh.")
    return store
