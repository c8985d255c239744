"""``saddlepoint figures``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from saddlepoint.cli.answers import remark

if TYPE_CHECKING:
    from saddlepoint.progress import Activity

NETWORK_FIGURES = ("network-widths", "network-couplings")
WORK_FIGURES = ("work-histograms", "log-partition-bracket", "estimator-errors")
EVOLUTION_FIGURES = ("evolution-convergence", "two-evolutions")
LEARNING_FIGURES = ("learning-spectrum", "two-fraction-extrema", "two-fraction-branches")
IN_ONE_THREAD = ("work-histograms", "estimator-errors", *EVOLUTION_FIGURES, *LEARNING_FIGURES)
WITHOUT_SEED = ("evolution-convergence",)
FIGURES = NETWORK_FIGURES + WORK_FIGURES + EVOLUTION_FIGURES + LEARNING_FIGURES


@click.command(short_help="Figures of networks, works, evolutions and spectra beside the exact results.")
@click.argument("names", nargs=-1, metavar="[NAME ...]", type=click.Choice(FIGURES))
@click.option("-o", "--output", default="figures", show_default=True, type=click.Path(path_type=Path), help="Folder.")
@click.option("--quick", "scale", flag_value="quick", help="Small samples: seconds.")
@click.option(
    "--full", "scale", flag_value="full", help="As many networks as the paper samples, many works: some ten minutes."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Seed of all random numbers.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Threads to use.")
@click.option("--format", "suffix", default="png", show_default=True, type=click.Choice(("png", "svg")))
def figures(names: tuple[str, ...], output: Path, scale: str | None, seed: int, workers: int, suffix: str) -> None:
    """Networks, works of driven systems and spectra, with error bars and the exact results.

    network-widths and network-couplings are figures 1 and 2 of Erbin, Lahoche and Samary (2022), sampled anew:
    deviations of the second and fourth moment from infinite width, and the coupling u_4 against the weights' standard
    deviation; the gray band is the exact noise of so many networks.

    work-histograms shows works of both directions, whose laws cross at the difference of free energies;
    log-partition-bracket bounds of log Z against the number of temperatures; estimator-errors bias, spread and
    reliability of free energies against the dissipated work.

    evolution-convergence shows errors of the Fokker-Planck and Schroedinger schemes on known solutions, and what long
    runs conserve; two-evolutions one density evolved by both equations, with what foretells how far apart they are.

    learning-spectrum shows eigenvalues of G before and after training on digits; two-fraction-extrema is figure 1 of
    Vanchurin (2020) with all extrema, for its fraction of eigenvalues and others; two-fraction-branches shows where
    they lie at all temperatures.

    \b
    saddlepoint figures --quick
    saddlepoint figures network-couplings --full --workers 2 -o figures
    saddlepoint figures work-histograms estimator-errors --format svg
    """
    from saddlepoint.progress import activity

    output.mkdir(parents=True, exist_ok=True)
    with activity() as progress:
        for name in names or FIGURES:
            path = output / f"{name}.{suffix}"
            _draw(name, path, scale or "default", seed, workers, progress)
            click.echo(str(path))


def _draw(name: str, path: Path, scale: str, seed: int, workers: int, progress: Activity) -> None:
    network = name in NETWORK_FIGURES
    families = {
        NETWORK_FIGURES: _network_figures,
        WORK_FIGURES: _work_figures,
        EVOLUTION_FIGURES: _evolution_figures,
        LEARNING_FIGURES: _learning_figures,
    }
    (family,) = (of for names, of in families.items() if name in names)
    sample, draw = family()[name]
    how: dict[str, Any] = {} if name in WITHOUT_SEED else {"seed": seed}
    if name not in IN_ONE_THREAD:
        how["workers"] = workers
    if network:
        how["store"] = _store() if scale == "full" else None
    draw(sample(scale, **how, progress=lambda done, total: progress(name, done, total)), path)


def _network_figures() -> dict[str, Any]:
    from numerics.correlators.experiments import weight_experiment, width_experiment
    from saddlepoint.figures.networks_as_fields import draw_couplings, draw_widths

    return {
        "network-widths": (width_experiment, draw_widths),
        "network-couplings": (weight_experiment, draw_couplings),
    }


def _work_figures() -> dict[str, Any]:
    from numerics.solvable.experiments import bracket_experiment, dissipation_experiment, histogram_experiment
    from saddlepoint.figures.estimator_errors import draw_estimator_errors
    from saddlepoint.figures.log_partition_bracket import draw_bracket
    from saddlepoint.figures.work_histograms import draw_work_histograms

    return {
        "work-histograms": (histogram_experiment, draw_work_histograms),
        "log-partition-bracket": (bracket_experiment, draw_bracket),
        "estimator-errors": (dissipation_experiment, draw_estimator_errors),
    }


def _evolution_figures() -> dict[str, Any]:
    from numerics.evolution.convergence import convergence_experiment
    from numerics.evolution.phase_scales import phase_experiment
    from saddlepoint.figures.evolution_convergence import draw_convergence
    from saddlepoint.figures.two_evolutions import draw_two_evolutions

    return {
        "evolution-convergence": (convergence_experiment, draw_convergence),
        "two-evolutions": (phase_experiment, draw_two_evolutions),
    }


def _learning_figures() -> dict[str, Any]:
    """Curves of formulas have no scale and no seed."""
    from numerics.learning.experiments import extrema_branches, extrema_curves, spectrum_experiment
    from saddlepoint.figures.thermodynamics_of_learning import draw_branches, draw_extrema, draw_spectra

    return {
        "learning-spectrum": (spectrum_experiment, draw_spectra),
        "two-fraction-extrema": (lambda *_, **__: extrema_curves(), draw_extrema),
        "two-fraction-branches": (lambda *_, **__: extrema_branches(), draw_branches),
    }


def _store() -> Any:
    """Where the bags of long runs are kept, so that one that was stopped goes on."""
    from saddlepoint.store import Store

    store = Store()
    remark(f"Finished bags are kept in {store.path}; delete that folder to start afresh.")
    return store
