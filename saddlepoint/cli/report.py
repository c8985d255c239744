"""``saddlepoint report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, remark, wrong_call

if TYPE_CHECKING:
    from saddlepoint.results.findings import Findings
    from saddlepoint.results.folder import ResultFolder


@click.command(short_help="A static site: every derivation, the ledger, the comparisons.")
@click.option("-o", "--output", "folder", required=True, metavar="DIR", help="Folder for the site.")
@click.option("--no-checks", is_flag=True, help="Leave the cross-checks with networks out.")
@click.option(
    "--pdf", "as_book", is_flag=True, help="Also make a book of all derivations: book.tex, and book.pdf by pdflatex."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Seed of all random numbers.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1), help="Processes to use.")
@json_option
def report(folder: str, no_checks: bool, as_book: bool, seed: int, workers: int, json_file: str | None) -> None:
    """Write a site that stands by itself: it loads nothing from another host and opens from a disk.

    What was verified before, by the same program, is not verified again.

    \b
    saddlepoint report -o site
    saddlepoint report -o site --no-checks
    saddlepoint report -o site --pdf
    """
    from saddlepoint.results.folder import ResultFolder

    console = console_for(json_file)
    with wrong_call(OSError):
        results = ResultFolder(folder)
    remark("Loading SymPy and the derivations ...")
    from saddlepoint.progress import activity
    from saddlepoint.results.job import Job, run_everything

    with activity() as progress:
        job = Job(
            folder=results, scale="default", seed=seed, workers=workers, console=console, activity=progress,
            measures=not no_checks,
        )  # fmt: skip
        findings = run_everything(job)
        if as_book:
            progress("making the book")
            _write_book(findings, results)
    console.print(f"The site is in {folder}/; open {folder}/index.html.", markup=False, soft_wrap=True)
    answer_json(json_file, {"schema": 1, "stands": findings.stands, "folder": folder, "seconds": findings.seconds})
    if not findings.stands:
        raise SystemExit(1)


def _write_book(findings: Findings, folder: ResultFolder) -> None:
    """The LaTeX of the book, and the PDF where there is a TeX; the message says which."""
    from saddlepoint.render.pdf import PdfError, pdf
    from saddlepoint.results.book import latex_book
    from saddlepoint.results.contents import Contents
    from saddlepoint.strict_json import write_bytes

    source = latex_book(Contents(findings))
    remark(f"The book is in {folder.write('book.tex', source)}.")
    try:
        write_bytes(folder.place("book.pdf"), pdf(source))
    except PdfError as error:
        remark(f"There is no book.pdf: {error}")
