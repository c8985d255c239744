"""The main job: derive, verify, judge, cross-check, and write everything down as it comes."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from rich.console import Console
from rich.text import Text

from derivations import catalogue
from derivations.engine.report import DerivationReport, examine
from saddlepoint.checking import check_rows, checks_named, for_the_ledger, print_comparison, run_checks
from saddlepoint.figures.comparisons import draw_comparisons
from saddlepoint.figures.least_eigenvalue import draw_least_eigenvalue, sampled_curves
from saddlepoint.ledger_table import count_verdicts, ledger_rows
from saddlepoint.progress import Activity
from saddlepoint.provenance import provenance
from saddlepoint.render.html import html_document
from saddlepoint.render.latex import latex_document
from saddlepoint.render.markdown import markdown_document
from saddlepoint.render.narrative import document
from saddlepoint.results.findings import Findings
from saddlepoint.results.folder import ResultFolder
from saddlepoint.results.index_page import index_page
from saddlepoint.rows import verify_row
from saddlepoint.step_lines import print_step
from saddlepoint.store import Store

FIGURE_SEEDS = 3
"""Networks of each size in the figure of a run; the README's has more."""


def run_everything(folder: ResultFolder, *, scale: str, seed: int, console: Console, activity: Activity) -> Findings:
    """Do the main job.

    Parameters
    ----------
    folder
        Where results go, each as soon as it is there.
    scale
        ``default`` or ``full``, for the cross-checks.
    seed
        Seed of every random number.
    console
        Where verdicts are shown.
    activity
        Told what is going on.
    """
    started = time.perf_counter()
    reports = tuple(_derived(entry, folder, seed, console, activity) for entry in catalogue())
    folder.write_json("verify.json", [verify_row(r) for r in reports])
    comparisons = _checked(folder, scale, seed, console, activity)
    ledger = _judged(folder, reports, comparisons, console, activity)
    origin = {**provenance(), "seed": seed, "scale": scale}
    folder.write_json("provenance.json", origin)
    findings = Findings(
        reports=reports,
        ledger=ledger,
        comparisons=comparisons,
        provenance=origin,
        seconds=time.perf_counter() - started,
    )
    _drawn(folder, seed, comparisons, activity)
    activity("writing the page")
    folder.write("index.html", index_page(findings, folder))
    return findings


def _derived(entry: Any, folder: ResultFolder, seed: int, console: Console, activity: Activity) -> DerivationReport:
    activity(f"deriving {entry.identifier}")
    console.print(Text(entry.title, style="bold"))
    derivation = entry.build()
    done = 0

    def on_step(step: Any) -> None:
        nonlocal done
        done += 1
        print_step(step, console)
        activity(f"verifying {entry.identifier}", done, len(derivation.steps))

    report = examine(derivation, seed=seed, on_step=on_step)
    story = document(report)
    folder.write(f"derivations/{entry.identifier}.tex", latex_document(story))
    folder.write(f"derivations/{entry.identifier}.md", markdown_document(story))
    folder.write(f"derivations/{entry.identifier}.html", html_document(story))
    return report


def _checked(folder: ResultFolder, scale: str, seed: int, console: Console, activity: Activity) -> tuple[Any, ...]:
    console.print(Text("Theory against networks", style="bold"))
    comparisons = run_checks(
        checks_named(()),
        scale=scale,
        seed=seed,
        on_comparison=lambda comparison: print_comparison(comparison, console),
        progress=activity,
        store=Store(folder.place("store")) if scale == "full" else None,
    )
    folder.write_json("checks.json", check_rows(comparisons))
    return tuple(comparisons)


def _judged(
    folder: ResultFolder,
    reports: tuple[DerivationReport, ...],
    comparisons: tuple[Any, ...],
    console: Console,
    activity: Activity,
) -> tuple[dict[str, Any], ...]:
    """The ledger from the verdicts that are there already."""
    activity("judging the printed equations")
    examined = {r.derivation.identifier: r for r in reports}
    rows = ledger_rows(None, comparisons=for_the_ledger(comparisons), reports=examined)
    folder.write_json("ledger.json", rows)
    console.print(Text("Printed equations", style="bold"))
    console.print(Text(f"  {len(rows)} rows: {count_verdicts(rows)}"))
    return tuple(rows)


def _drawn(folder: ResultFolder, seed: int, comparisons: tuple[Any, ...], activity: Activity) -> None:
    activity("drawing the figures")
    curves = sampled_curves(np.random.default_rng(seed), n_seeds=FIGURE_SEEDS)
    for suffix in ("png", "svg"):
        draw_least_eigenvalue(curves, folder.place(f"figures/least-eigenvalue.{suffix}"))
        draw_comparisons(comparisons, folder.place(f"figures/comparisons.{suffix}"))
