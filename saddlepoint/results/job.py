"""The main job: derive, verify, judge, cross-check, and write everything down as it comes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.text import Text

from derivations import catalogue
from derivations.collection import CatalogueEntry
from derivations.engine.report import DerivationReport
from saddlepoint.check_names import checks_named
from saddlepoint.checking import check_rows, handed_out, print_comparison, run_checks, submitted
from saddlepoint.examining import examined, pool_for
from saddlepoint.figures.comparisons import draw_comparisons
from saddlepoint.figures.least_eigenvalue import draw_least_eigenvalue, sampled_curves
from saddlepoint.figures.training import draw_training, followed_through_training
from saddlepoint.ledger_table import count_verdicts, ledger_rows
from saddlepoint.progress import Activity
from saddlepoint.provenance import provenance
from saddlepoint.render.latex import latex_document
from saddlepoint.render.markdown import markdown_document
from saddlepoint.render.narrative import document
from saddlepoint.results.findings import Findings
from saddlepoint.results.folder import ResultFolder
from saddlepoint.rows import verify_row
from saddlepoint.site.writing import write_site
from saddlepoint.step_lines import print_step
from saddlepoint.store import Store
from saddlepoint.task_pool import Task, TaskPool

FIGURE_SEEDS = 3
"""Networks of each size in the figure of a run; the README's has more."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is to be done and where.

    Attributes
    ----------
    folder
        Where results go, each as soon as it is there.
    scale
        ``default`` or ``full``, for the cross-checks.
    seed
        Seed of every random number.
    workers
        Processes; with more than one derivations and cross-checks are worked on side by side.
    console
        Where verdicts are shown.
    activity
        Told what is going on.
    measures
        Whether the cross-checks are run.
    """

    folder: ResultFolder
    scale: str
    seed: int
    workers: int
    console: Console
    activity: Activity
    measures: bool = True

    @property
    def store(self) -> Store | None:
        """Where the units of a long run are kept, so that one that was stopped goes on."""
        return Store(self.folder.place("store")) if self.scale == "full" else None

    @property
    def checks(self) -> tuple[Any, ...]:
        """The cross-checks to be run."""
        return tuple(checks_named(())) if self.measures else ()

    @property
    def statistics(self) -> dict[str, Any]:
        """How the cross-checks are to be run."""
        return {"scale": self.scale, "seed": self.seed, "store": self.store}


def run_everything(job: Job) -> Findings:
    """Do the main job."""
    started = time.perf_counter()
    with pool_for(catalogue(), job.workers) as pool:
        derived = _derived(job, pool)
        checks = submitted(pool, job.checks, **job.statistics) if pool else ()
        reports = tuple(_written(report, job.folder) for report in derived)
        job.folder.write_json("verify.json", [verify_row(r) for r in reports])
        comparisons = _checked(job, pool, checks)
    ledger = _judged(job, reports, comparisons)
    _drawn(job, comparisons)
    findings = Findings(
        reports=reports,
        ledger=ledger,
        comparisons=comparisons,
        provenance={**provenance(), "seed": job.seed, "scale": job.scale},
        seconds=time.perf_counter() - started,
    )
    job.folder.write_json("provenance.json", findings.provenance)
    job.activity("writing the site")
    write_site(findings, job.folder)
    return findings


def _derived(job: Job, pool: TaskPool | None) -> Iterator[DerivationReport]:
    def title(entry: CatalogueEntry) -> None:
        job.activity(f"deriving {entry.identifier}")
        job.console.print(Text(entry.title, style="bold"))

    return examined(
        catalogue(),
        pool=pool,
        on_entry=title,
        on_step=lambda step: print_step(step, job.console),
        progress=job.activity,
        seed=job.seed,
    )


def _written(report: DerivationReport, folder: ResultFolder) -> DerivationReport:
    story, place = document(report), f"derivations/{report.derivation.identifier}"
    folder.write(f"{place}.tex", latex_document(story))
    folder.write(f"{place}.md", markdown_document(story))
    return report


def _checked(job: Job, pool: TaskPool | None, checks: tuple[Task, ...]) -> tuple[Any, ...]:
    if job.measures:
        job.console.print(Text("Theory against networks", style="bold"))

    def show(comparison: Any) -> None:
        print_comparison(comparison, job.console)

    if pool is not None:
        comparisons = handed_out(pool.results(checks, job.activity), show)
    else:
        shown = {"on_comparison": show, "progress": job.activity, "workers": job.workers}
        comparisons = run_checks(job.checks, **shown, **job.statistics)
    job.folder.write_json("checks.json", check_rows(comparisons))
    return tuple(comparisons)


def _judged(
    job: Job, reports: tuple[DerivationReport, ...], comparisons: tuple[Any, ...]
) -> tuple[dict[str, Any], ...]:
    """The ledger from the verdicts that are there already."""
    job.activity("judging the printed equations")
    examined = {r.derivation.identifier: r for r in reports}
    rows = ledger_rows(None, comparisons=comparisons, reports=examined)
    job.folder.write_json("ledger.json", rows)
    job.console.print(Text("Printed equations", style="bold"))
    job.console.print(Text(f"  {len(rows)} rows: {count_verdicts(rows)}"))
    return tuple(rows)


def _drawn(job: Job, comparisons: tuple[Any, ...]) -> None:
    job.activity("drawing the figures")
    curves = sampled_curves(np.random.default_rng(job.seed), n_seeds=FIGURE_SEEDS)
    for suffix in ("png", "svg"):
        draw_least_eigenvalue(curves, job.folder.place(f"figures/least-eigenvalue.{suffix}"))
        if comparisons:
            draw_comparisons(comparisons, job.folder.place(f"figures/comparisons.{suffix}"))
        if followed_through_training(comparisons):
            draw_training(comparisons, job.folder.place(f"figures/training.{suffix}"))
