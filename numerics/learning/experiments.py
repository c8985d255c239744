"""Experiments on the spectrum of G: before and after training, and where two groups of eigenvalues are stationary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numerics.learning.spectrum import learning_spectrum
from numerics.learning.two_fraction_curves import extremum_of_few, negative_laplacian, stationary_branch
from numerics.learning.two_fractions import Extremum, two_fraction_extrema
from numerics.networks.digits import load_digits
from numerics.networks.initialization import sample_network
from numerics.networks.layered import LayeredNetwork
from numerics.networks.tanh_network import DescentSettings, descend, mean_slopes, one_hot, squared_error

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
ARCHITECTURES = {"one hidden layer": (784, 60, 10), "two hidden layers": (784, 40, 20, 10)}
"""Those of section 10 of the paper: 854 neurons each."""
N_NEURONS = 854
N_NETWORKS = {"quick": 2, "default": 10, "full": 30}
EPOCHS = {"quick": 2, "default": 20, "full": 100}
"""Of the 2000 built-in digits."""
RATE, BATCH = 0.1, 20
CURVE_FRACTIONS = (Fraction(1, 10), Fraction(1, 3), Fraction(21, 50))
CURVE_TEMPERATURES = (0.25, 0.50, 0.73, 1.00)
"""Inverse: those of figure 1 of the paper, whose fraction is 1/3."""
BRANCH_FRACTIONS = (Fraction(1, 10), Fraction(1, 3), Fraction(21, 50), Fraction(1, 2))
REACH, N_POINTS = 10.0, 801
LARGEST_TEMPERATURE = 1.5
"""Inverse, of the diagram."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedSpectra:
    """Spectra of networks of one architecture before and after training.

    Attributes
    ----------
    name
        Of the architecture.
    layer_sizes
        From inputs to outputs.
    epochs
        Of the training.
    untrained, trained
        log lambda of all eigenvalues but those that are 1 in any such network, shape (n_networks, n_dynamical).
    errors
        Mean squared error over two before and after training, mean over the networks.
    """

    name: str
    layer_sizes: tuple[int, ...]
    epochs: int
    untrained: Array
    trained: Array
    errors: tuple[float, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class ExtremaCurve:
    """-Delta F against log lambda at one fraction and inverse temperature, with its extrema and the printed one."""

    fraction: Fraction
    inverse_temperature: float
    log_eigenvalues: Array
    values: Array
    extrema: tuple[Extremum, ...]
    at_extrema: Array
    printed: float
    at_printed: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Branches:
    """Extrema beside log lambda = 0 at one fraction against the inverse temperature, and the printed ones.

    Attributes
    ----------
    inverse_temperatures, log_eigenvalues
        Along the branch, shape (n,).
    minima
        Whether each is a minimum.
    printed_temperatures, printed
        Equation (9.4).
    """

    fraction: Fraction
    inverse_temperatures: Array
    log_eigenvalues: Array
    minima: NDArray[np.bool_]
    printed_temperatures: Array
    printed: Array


def spectrum_experiment(scale: str, *, seed: int = 0, progress: Progress | None = None) -> list[TrainedSpectra]:
    """Networks of hyperbolic tangents trained on the built-in digits, at the slopes of the mean signals.

    Raises
    ------
    ValueError
        For a scale that is not quick, default or full.
    """
    if scale not in N_NETWORKS:
        raise ValueError(f"expected one of the scales {', '.join(N_NETWORKS)}; found {scale!r}")
    digits, found = load_digits(), []
    inputs, targets = digits.x_train.astype(np.float64), one_hot(digits.y_train, digits.n_classes)
    settings = DescentSettings(epochs=EPOCHS[scale], learning_rate=RATE, batch_size=BATCH)
    done, total = 0, len(ARCHITECTURES) * N_NETWORKS[scale]
    for name, sizes in ARCHITECTURES.items():
        rows, errors = [], []
        for member in range(N_NETWORKS[scale]):
            rng = np.random.default_rng([seed, member, *name.encode()])
            start = sample_network(sizes, (1.0,) * (len(sizes) - 1), rng)
            end = descend(start, inputs, targets, settings, rng)
            rows.append([dynamical(network, inputs) for network in (start, end)])
            errors.append([squared_error(network, inputs, targets) for network in (start, end)])
            done += 1
            if progress is not None:
                progress(done, total)
        both, (before, after) = np.array(rows), np.mean(errors, axis=0)
        found.append(
            TrainedSpectra(
                name=name,
                layer_sizes=sizes,
                epochs=settings.epochs,
                untrained=both[:, 0],
                trained=both[:, 1],
                errors=(float(before), float(after)),
            )
        )
    return found


def dynamical(network: LayeredNetwork, inputs: Array) -> Array:
    """log lambda, ascending, without those of inputs that no weight sees, which are 0 whatever the weights."""
    spectrum = np.log(learning_spectrum(list(network.weights), mean_slopes(network, inputs), orientation="in-out"))
    unseen = max(0, network.layer_sizes[0] - network.layer_sizes[1])
    fixed = np.flatnonzero(spectrum == 0)[:unseen]
    return np.delete(spectrum, fixed)


def extrema_curves() -> list[list[ExtremaCurve]]:
    """Figure 1 of the paper, and two fractions beside its own: a list for each."""
    return [[_curve(fraction, beta) for beta in CURVE_TEMPERATURES] for fraction in CURVE_FRACTIONS]


def _curve(fraction: Fraction, beta: float) -> ExtremaCurve:
    x = np.linspace(-REACH, REACH, N_POINTS)

    def curve(places: Array) -> Array:
        return negative_laplacian(places, fraction=float(fraction), inverse_temperature=beta, n_neurons=N_NEURONS)

    extrema = two_fraction_extrema(fraction, beta)
    printed = float(extremum_of_few(beta))
    return ExtremaCurve(
        fraction=fraction,
        inverse_temperature=beta,
        log_eigenvalues=x,
        values=curve(x),
        extrema=extrema,
        at_extrema=curve(np.array([e.log_eigenvalue for e in extrema])),
        printed=printed,
        at_printed=float(curve(np.array([printed]))[0]),
    )


def extrema_branches() -> list[Branches]:
    """Branches of extrema for some fractions."""
    return [_branches(fraction) for fraction in BRANCH_FRACTIONS]


def _branches(fraction: Fraction) -> Branches:
    r = np.linspace(-REACH, REACH, N_POINTS)
    beta, places = stationary_branch(r, fraction=float(fraction))
    temperatures = np.linspace(0.02, LARGEST_TEMPERATURE, N_POINTS)
    return Branches(
        fraction=fraction,
        inverse_temperatures=beta,
        log_eigenvalues=places,
        # The slope has the sign of r (log beta - T): it rises through zero where r T falls.
        minima=r * np.gradient(np.log(beta), r) < 0,
        printed_temperatures=temperatures,
        printed=extremum_of_few(temperatures),
    )
