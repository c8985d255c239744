"""``saddlepoint verify``."""

from __future__ import annotations

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, timeout_option
from saddlepoint.cli.entries import entries_named


@click.command(short_help="Re-check every step of the derivations.")
@click.argument("identifiers", nargs=-1, metavar="[ID | FILE.json ...]")
@timeout_option
@click.option("--seed", default=0, show_default=True, help="Seed of the random points.")
@click.option("--fresh", is_flag=True, help="Examine every claim anew, even if its verdict was kept.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1), help="Processes to use.")
@json_option
def verify(
    identifiers: tuple[str, ...], timeout: float, seed: int, fresh: bool, workers: int, json_file: str | None
) -> None:
    """Re-check every step of the derivations named, of those saved in files, or of all.

    \b
    saddlepoint verify
    saddlepoint verify multilayer-critical-temperature --seed 7
    saddlepoint verify --json verdicts.json
    saddlepoint verify mine.json
    saddlepoint verify --fresh

    Verdicts are kept in the user's cache folder by what they depend on: the exact claim, the sources of the engine,
    the seed. The environment variable SADDLEPOINT_CACHE names another folder, or is "off".
    """
    from rich.text import Text

    from saddlepoint.examining import examined, pool_for
    from saddlepoint.progress import activity
    from saddlepoint.rows import verify_row
    from saddlepoint.step_lines import print_standing, print_step

    entries, console, reports = entries_named(identifiers), console_for(json_file), []
    with activity() as progress, pool_for(entries, workers) as pool:
        for report in examined(
            entries,
            pool=pool,
            on_entry=lambda entry: console.print(Text(entry.title, style="bold")),
            on_step=lambda step: print_step(step, console),
            progress=progress,
            timeout=timeout,
            seed=seed,
            fresh=fresh,
        ):
            print_standing(report, console)
            reports.append(report)
    answer_json(json_file, [verify_row(r) for r in reports])
    if not all(r.stands for r in reports):
        raise SystemExit(1)
