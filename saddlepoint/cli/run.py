"""``saddlepoint run``."""

from __future__ import annotations

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, remark, wrong_call

FULL_MINUTES = 25
"""Measured on two cores."""


@click.command(short_help="Everything on the built-in data, into a folder with an index.html.")
@click.option(
    "-o", "--output", "folder", default="saddlepoint-results", show_default=True, metavar="DIR",
    help="Folder for the results.",
)  # fmt: skip
@click.option("--full", is_flag=True, help=f"Full statistics: about {FULL_MINUTES} minutes on two cores.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Seed of all random numbers.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1), help="Processes to use.")
@json_option
def run(folder: str, full: bool, seed: int, workers: int, json_file: str | None) -> None:
    """The main job: derive, verify, judge the papers, cross-check on the built-in data, and write a report.

    Some minutes on two cores. Open index.html in the folder afterwards.

    \b
    saddlepoint run
    saddlepoint run -o results --seed 7
    saddlepoint run --full
    """
    from saddlepoint.results.folder import ResultFolder

    console = console_for(json_file)
    with wrong_call(OSError):
        results = ResultFolder(folder)
    if full:
        remark(f"Full statistics: this takes about {FULL_MINUTES} minutes on two cores.")
    remark("Loading SymPy and the derivations ...")
    from saddlepoint.progress import activity
    from saddlepoint.results.job import Job, run_everything
    from saddlepoint.results.summary import summary

    with activity() as progress:
        scale = "full" if full else "default"
        job = Job(folder=results, scale=scale, seed=seed, workers=workers, console=console, activity=progress)
        findings = run_everything(job)
    console.print()
    for line in (*summary(findings), f"Everything is in {folder}/; open {folder}/index.html."):
        console.print(line, markup=False, soft_wrap=True)
    answer_json(json_file, {"schema": 1, "stands": findings.stands, "folder": folder, "seconds": findings.seconds})
    if not findings.stands:
        raise SystemExit(1)
