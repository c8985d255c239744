"""The spectrum of G, of small random networks by dense matrices and of networks trained on digits by their layers.

Vanchurin (2020), section 9: skewness, which a spectrum without hidden layers lacks, comes with paths of two weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import Series
from numerics.learning.spectrum import learning_spectrum
from numerics.networks.digits import load_digits
from numerics.networks.initialization import sample_network, sample_weights
from numerics.networks.tanh_network import DescentSettings, descend, mean_slopes, one_hot

Array = NDArray[np.float64]
IDENTIFIER = "learning-spectrum"
PAPER = "vanchurin2020towards:"
DEEP_SIZES, SHALLOW_SIZES = (24, 16, 12, 8), (80, 40)
"""Of random networks; the first have hidden layers."""
VARIANCE = 1.5
"""C: weights have the variance C over the neurons of the layer they come from."""
TRAINED_SIZES = {"shallow": (784, 60, 10), "deep": (784, 40, 20, 10)}
"""As in section 10 of the paper."""
N_RANDOM = {"quick": 200, "default": 1000, "full": 5000}
N_TRAINED = {"quick": 20, "default": 30, "full": 60}
EPOCHS = {"quick": 1, "default": 10, "full": 50}
"""Of the 2000 built-in digits."""
RATE, BATCH = 0.1, 20


def dense_spectrum(weights: Sequence[Array], slopes: Sequence[Array]) -> Array:
    """Eigenvalues of G written out, ascending, all neurons in one matrix."""
    ends = list(accumulate((len(weights[0]), *(w.shape[1] for w in weights)), initial=0))
    one_less = np.eye(ends[-1])
    for k, (weight, slope) in enumerate(zip(weights, slopes, strict=True), start=1):
        one_less[ends[k] : ends[k + 1], ends[k - 1] : ends[k]] -= slope[:, np.newaxis] * weight.T
    return np.asarray(np.linalg.eigvalsh(one_less.T @ one_less), dtype=np.float64)


def mean_trace(sizes: Sequence[int], variance: float, *, longest: int | None = None) -> float:
    """The mean of Tr G^-1 over random weights; of Tr G if paths end after one weight.

    (1 - w)^-1 is a sum over paths, and squares of sums over paths of independent weights with the mean 0 are sums of
    squares: a path from layer k to layer l that ends at a given neuron has the mean square C^(l - k), summed over its
    start and the neurons between.
    """
    last = len(sizes) - 1
    total = float(sum(sizes))
    for start, _ in enumerate(sizes):
        for end in range(start + 1, last + 1):
            if longest is None or end - start <= longest:
                total += sizes[end] * variance ** (end - start)
    return total


@dataclass(frozen=True, kw_only=True)
class WideLayer:
    """The large-layer law of squared singular values of a random matrix, inputs over outputs fixed (Marchenko, Pastur).

    The mean of a sum of f over the n outputs is n times the integral of f over the law, and, for real entries, [f(a) +
    f(b)] / 4 less the mean of f over the arcsine law between the edges a and b over 2, up to 1 / n (Bai, Silverstein
    2004).
    """

    n_inputs: int
    n_outputs: int
    variance: float

    @property
    def edges(self) -> tuple[float, float]:
        """Of the law."""
        root = sqrt(self.n_outputs / self.n_inputs)
        return self.variance * (1 - root) ** 2, self.variance * (1 + root) ** 2

    def mean_sum(self, f: Any) -> tuple[float, float]:
        """The mean of a sum of f over the squared singular values, and its part of order one.

        With x = middle + half cos(angle) the roots at both edges are smooth.
        """
        low, high = self.edges
        middle, half = (high + low) / 2, (high - low) / 2
        ratio = self.n_outputs / self.n_inputs

        def bulk(angle: float) -> float:
            x = middle + half * np.cos(angle)
            return f(x) * (half * np.sin(angle)) ** 2 / (2 * pi * ratio * self.variance * x)

        def arcsine(angle: float) -> float:
            return f(middle + half * np.cos(angle)) / (2 * pi)

        leading, _ = quad(bulk, 0, pi, epsabs=0.0, epsrel=1e-10)
        shift = (f(low) + f(high)) / 4 - quad(arcsine, 0, pi, epsabs=0.0, epsrel=1e-10)[0]
        return self.n_outputs * leading + shift, shift


@cache
def _pair_entries() -> tuple[Any, Any, Any]:
    """Entries of log G in the directions of one singular value, derived: among inputs, between, among outputs."""
    from derivations.learning_thermodynamics import shallow_spectrum
    from numerics.lowering import lower
    from theory.models import learning as model

    derivation = shallow_spectrum.build()
    names = ("logarithm among inputs", "logarithm between inputs and outputs", "logarithm among outputs")
    among, between, outputs = (lower(derivation[name].result, (model.half_angle,)) for name in names)
    return among, between, outputs


def squared_logarithm(square: float, *, diagonal: bool = True) -> float:
    """What a squared singular value adds to Tr (log G)^2; without the diagonal blocks, as (9.8) is printed."""
    among, between, outputs = (float(np.asarray(e(np.arcsinh(sqrt(square) / 2)))) for e in _pair_entries())
    return 2 * between**2 + (among**2 + outputs**2 if diagonal else 0.0)


def _inverse_trace(run: Run) -> Comparison:
    """Tr G^-1 for each neuron."""
    n = sum(DEEP_SIZES)
    samples = _random(run, "paths", DEEP_SIZES, lambda spectrum: float(np.sum(1 / spectrum)) / n)
    return _one(
        run,
        name="paths",
        quantity=f"Tr G^-1 for each of {n} neurons, mean over random networks of {len(DEEP_SIZES)} layers",
        samples=samples,
        exact=mean_trace(DEEP_SIZES, VARIANCE) / n,
        rival=mean_trace(DEEP_SIZES, VARIANCE, longest=1) / n,
        serves=(PAPER + "9.6",),
    )


def _wide(run: Run) -> Comparison:
    """Tr (log G)^2 without hidden layers."""
    law = WideLayer(n_inputs=SHALLOW_SIZES[0], n_outputs=SHALLOW_SIZES[1], variance=VARIANCE)
    samples = _random(run, "pairs", SHALLOW_SIZES, lambda spectrum: float(np.sum(np.log(spectrum) ** 2)))
    exact, shift = law.mean_sum(squared_logarithm)
    return _one(
        run,
        name="pairs",
        quantity="Tr (log G)^2, mean over random networks without hidden layers",
        samples=samples,
        exact=exact,
        rival=law.mean_sum(lambda square: squared_logarithm(square, diagonal=False))[0],
        bias=abs(shift) / SHALLOW_SIZES[1],
        serves=(PAPER + "9.5", PAPER + "9.8"),
    )


def _random(run: Run, name: str, sizes: tuple[int, ...], function: Any) -> Array:
    n = N_RANDOM[run.scale]
    key = {"check": IDENTIFIER, "case": name, "sizes": list(sizes), "networks": n}

    def compute() -> dict[str, Any]:
        rng, found = np.random.default_rng([run.seed, *name.encode()]), []
        for _ in range(n):
            weights = sample_weights(sizes, (VARIANCE,) * (len(sizes) - 1), rng)
            found.append(function(dense_spectrum(weights, [np.ones(size) for size in sizes[1:]])))
        return {"values": np.array(found)}

    return run.unit(key, 0, compute)["values"]


def trained_skewness(run: Run, name: str) -> Array:
    """Minus Tr (log G)^3 of networks trained on digits, at the slopes of the mean signals, shape (n_networks,)."""
    n, sizes = N_TRAINED[run.scale], TRAINED_SIZES[name]
    settings = DescentSettings(epochs=EPOCHS[run.scale], learning_rate=RATE, batch_size=BATCH)
    key = {"check": IDENTIFIER, "case": name, "networks": n, "epochs": settings.epochs}

    def compute() -> dict[str, Any]:
        digits, found = load_digits(), []
        inputs = digits.x_train.astype(np.float64)
        targets = one_hot(digits.y_train, digits.n_classes)
        for member in range(n):
            rng = np.random.default_rng([run.seed, member, *name.encode()])
            start = sample_network(sizes, (1.0,) * (len(sizes) - 1), rng)
            network = descend(start, inputs, targets, settings, rng)
            slopes = list(mean_slopes(network, inputs))
            spectrum = learning_spectrum(list(network.weights), slopes, orientation="in-out")
            found.append(-float(np.sum(np.log(spectrum) ** 3)))
        return {"values": np.array(found)}

    return run.unit(key, 0, compute)["values"]


def _one(run: Run, *, name: str, samples: Array, exact: float | None, rival: float, **more: Any) -> Comparison:
    return Series(
        name=name,
        title=TITLES[name],
        places=np.zeros(1),
        weights=np.ones(1),
        samples=[samples],
        exact=None if exact is None else np.array([exact]),
        rival=np.array([rival]),
        rival_name=RIVALS[name],
        estimator=f"{len(samples)} networks",
        n_networks=len(samples),
        **more,
    ).compared(run, IDENTIFIER)


def _deeper(run: Run, shallow: Array, deep: Array) -> Comparison:
    return Series(
        name="deeper",
        title=TITLES["deeper"],
        quantity="minus Tr (log G)^3 of 784-40-20-10 networks, less that of 784-60-10 networks, trained alike",
        places=np.arange(2),
        weights=np.array([1.0, -1.0]),
        samples=[deep, shallow],
        exact=None,
        rival=np.zeros(2),
        rival_name=RIVALS["deeper"],
        estimator=f"{len(deep)} networks of each kind",
        n_networks=len(deep) + len(shallow),
        serves=(PAPER + "9.6",),
    ).compared(run, IDENTIFIER)


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = [_inverse_trace(run)]
    run.report(1, len(TITLES), TITLES["paths"])
    found.append(_wide(run))
    run.report(2, len(TITLES), TITLES["pairs"])
    shallow = trained_skewness(run, "shallow")
    quantity = "minus Tr (log G)^3 of 784-60-10 networks trained on digits"
    serves = (PAPER + "9.6",)
    found.append(_one(run, name="skewness", quantity=quantity, samples=shallow, exact=None, rival=0.0, serves=serves))
    run.report(3, len(TITLES), TITLES["skewness"])
    found.append(_deeper(run, shallow, trained_skewness(run, "deep")))
    run.report(4, len(TITLES), TITLES["deeper"])
    return tuple(found)


TITLES = {
    "paths": "Tr G^-1 of random networks with hidden layers exceeds Tr G by paths of several weights",
    "pairs": "Without hidden layers eigenvalues of G are exp of plus and minus 2 arsinh of half a singular value",
    "skewness": "Networks trained with one hidden layer have a skewed spectrum of log G",
    "deeper": "Networks trained with two hidden layers have a more skewed spectrum of log G than with one",
}
RIVALS = {
    "paths": "a symmetric spectrum of log G: Tr G^-1 = Tr G",
    "pairs": "log G with entries between inputs and outputs only, (9.8) as printed",
    "skewness": "no skewness with a single hidden layer",
    "deeper": "as much skewness as with one hidden layer",
}
LEARNING_SPECTRUM = CrossCheck(
    identifier=IDENTIFIER,
    title="The spectrum of G",
    question="Are eigenvalues of G, of random and of trained networks, distributed as the theory says, and skewed by "
    "hidden layers?",
    answer=_answer,
)
