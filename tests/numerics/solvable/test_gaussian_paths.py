"""Paths between Gaussian laws: free energies and laws of work against matrix algebra and samples, also along maps."""

import math

import numpy as np
import pytest
from scipy.stats import kstest, multivariate_normal, norm

from numerics import bennett_acceptance_ratio
from numerics.solvable.gaussian_path import GaussianPath
from numerics.solvable.mapped_work import AffineMap, mapped_work_law, perfect_map, sampled_mapped_work

BOTH = ("forward", "reverse")
N = 20_000
LIMIT = norm.isf(1e-3 / 20 / 2)
"""In standard errors: one false alarm in a thousand over twenty means and variances."""
MATRIX = np.random.default_rng(5).normal(size=(2, 3, 3))
FIRST = MATRIX[0] @ MATRIX[0].T + np.eye(3) / 2
LAST = MATRIX[1] @ MATRIX[1].T + np.eye(3) / 3
MEANS = np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.5])


def path(**choices):
    ends = {"mean_0": MEANS[0], "covariance_0": FIRST, "mean_1": MEANS[1], "covariance_1": LAST}
    return GaussianPath(**{**ends, **choices})


PATHS = {"one step": path(schedule=1), "heat bath": path(schedule=4), "slow moves": path(schedule=6, retained=0.7)}
MAP = AffineMap(matrix=np.diag([1.2, 0.8, 0.9]) + 0.1, shift=[0.5, -0.5, 0.0])


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def volume(covariance):
    return np.linalg.slogdet(covariance)[1] / 2


@pytest.mark.parametrize("name", PATHS)
def test_the_free_energy_is_that_of_the_determinants(name):
    assert PATHS[name].free_energy_difference == pytest.approx(volume(FIRST) - volume(LAST), abs=1e-12)


@pytest.mark.parametrize("lam", [0.0, 1.0])
def test_energies_at_the_ends_are_those_of_the_laws(lam, rng):
    x = rng.normal(size=(5, 3))
    mean, covariance = (MEANS[0], FIRST) if lam == 0 else (MEANS[1], LAST)
    density = multivariate_normal(mean, covariance).logpdf(x) + 3 / 2 * math.log(2 * math.pi) + volume(covariance)
    assert PATHS["heat bath"].energy(lam, x) == pytest.approx(-density)


def brute_mean(means, first, second, direction):
    """Mean work of one step, by the trace formula of a quadratic form."""
    (a, b), (p, q) = (means, (first, second)) if direction == "forward" else (means[::-1], (second, first))
    inverse = np.linalg.inv(q)
    return (np.trace(inverse @ p) + (a - b) @ inverse @ (a - b) - len(p)) / 2


def brute_variance(means, first, second, direction):
    (a, b), (p, q) = (means, (first, second)) if direction == "forward" else (means[::-1], (second, first))
    inverse = np.linalg.inv(q)
    change = inverse - np.linalg.inv(p)
    slope = inverse @ (a - b)
    return np.trace(change @ p @ change @ p) / 2 + slope @ p @ slope


@pytest.mark.parametrize("direction", BOTH)
def test_one_step_has_the_moments_of_a_quadratic_form(direction):
    law = PATHS["one step"].work_law(direction)
    assert law.mean == pytest.approx(brute_mean(MEANS, FIRST, LAST, direction))
    assert law.variance == pytest.approx(brute_variance(MEANS, FIRST, LAST, direction))


@pytest.mark.parametrize("direction", BOTH)
def test_one_step_has_the_transform_of_a_determinant(direction):
    """exp(-s W) times the law at the start is a Gaussian integral."""
    s, law = 0.4, PATHS["one step"].work_law(direction)
    precisions, means = [np.linalg.inv(FIRST), np.linalg.inv(LAST)], list(MEANS)
    if direction == "reverse":
        precisions, means = precisions[::-1], means[::-1]
    weights = (1 - s, s)
    total = sum(w * p for w, p in zip(weights, precisions, strict=True))
    push = sum(w * p @ m for w, p, m in zip(weights, precisions, means, strict=True))
    constant = sum(w * m @ p @ m for w, p, m in zip(weights, precisions, means, strict=True))
    ratio = np.linalg.slogdet(precisions[0])[1] / 2 - np.linalg.slogdet(total)[1] / 2
    assert law.log_transform(s) == pytest.approx(ratio + (push @ np.linalg.solve(total, push) - constant) / 2)


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize("name", PATHS)
def test_sampled_works_follow_the_law(name, direction, rng):
    system = PATHS[name]
    law, work = system.work_law(direction), system.sampled_work(N, rng, direction=direction)
    spread = np.mean((work - work.mean()) ** 4) - law.variance**2
    assert abs(work.mean() - law.mean) < LIMIT * math.sqrt(law.variance / N)
    assert abs(work.var() - law.variance) < LIMIT * math.sqrt(spread / N)
    assert kstest(work[:60], law.cumulative).pvalue > 1e-4


@pytest.mark.parametrize("name", PATHS)
def test_the_two_ways_to_the_law_agree(name):
    """The map of one step, iterated, and the modes of the noise of the whole path."""
    law = PATHS[name].work_law()
    powers = [-0.05, 0.3, 1.0]
    assert law.modes.log_transform(powers) == pytest.approx(law.log_transform(powers), abs=1e-12)
    assert (law.modes.mean, law.modes.variance) == pytest.approx((law.mean, law.variance))
    assert law.log_transform(1.0) == pytest.approx(-PATHS[name].free_energy_difference, abs=1e-12)


@pytest.mark.parametrize("name", PATHS)
def test_the_relation_of_crooks_holds(name):
    system = PATHS[name]
    work = system.free_energy_difference + np.array([0.3, 1.0])
    ratio = system.work_law().density(work) / system.work_law("reverse").density(-work)
    assert np.log(ratio) == pytest.approx(work - system.free_energy_difference, abs=1e-6)


def test_moves_keep_the_law_on_the_way(rng):
    system = PATHS["slow moves"]
    precision = (system.precisions[0] + system.precisions[1]) / 2
    push = (system.precisions[0] @ MEANS[0] + system.precisions[1] @ MEANS[1]) / 2
    mean, covariance = np.linalg.solve(precision, push), np.linalg.inv(precision)
    x = system.kernel(rng.multivariate_normal(mean, covariance, size=N), 0.5, rng)
    away = x - mean
    distance = np.einsum("ni,ij,nj->n", away, precision, away)
    assert kstest(distance, "chi2", args=(3,)).pvalue > 1e-4


def test_the_perfect_map_spends_the_difference_of_free_energies(rng):
    system = PATHS["one step"]
    for direction, sign in (("forward", 1), ("reverse", -1)):
        work = sampled_mapped_work(system, perfect_map(system), 100, rng, direction=direction)
        assert work == pytest.approx(np.full(100, sign * system.free_energy_difference), abs=1e-9)
        law = mapped_work_law(system, perfect_map(system), direction=direction)
        assert law.variance == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("direction", BOTH)
def test_mapped_works_follow_their_law(direction, rng):
    system, sign = PATHS["one step"], 1 if direction == "forward" else -1
    law = mapped_work_law(system, MAP, direction=direction)
    work = sampled_mapped_work(system, MAP, N, rng, direction=direction)
    assert abs(work.mean() - law.mean) < LIMIT * math.sqrt(law.variance / N)
    assert kstest(work[:60], law.cumulative).pvalue > 1e-4
    assert law.log_transform(1.0) == pytest.approx(-sign * system.free_energy_difference, abs=1e-12)


def test_a_map_without_its_jacobian_gives_a_wrong_free_energy(rng):
    system = PATHS["one step"]
    forward, reverse = (sampled_mapped_work(system, MAP, N, rng, direction=d) for d in BOTH)
    found = bennett_acceptance_ratio(forward, reverse)
    rival = bennett_acceptance_ratio(forward + MAP.log_jacobian, reverse - MAP.log_jacobian)
    assert abs(found.free_energy_difference - system.free_energy_difference) < 4.5 * found.standard_error
    assert abs(rival.free_energy_difference - system.free_energy_difference) > 5 * rival.standard_error


def test_a_map_and_its_inverse_undo_each_other(rng):
    x = rng.normal(size=(4, 3))
    assert MAP.inverse(MAP(x)) == pytest.approx(x)
    assert MAP.log_jacobian == pytest.approx(math.log(abs(np.linalg.det(MAP.matrix))))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: path(covariance_1=np.diag([1.0, 1.0, -1.0])), "positive definite"),
        (lambda: path(covariance_0=np.array([[1, 0.5, 0], [0, 1, 0], [0, 0, 1]])), "symmetric"),
        (lambda: path(covariance_0=np.eye(2)), "shape"),
        (lambda: path(covariance_0=np.ones(3)), "square matrix"),
        (lambda: path(mean_0=[0.0, np.inf, 0.0]), "finite means"),
        (lambda: path(schedule=[0, 0.5]), "schedule"),
        (lambda: path(retained=-0.1), "retained"),
        (lambda: AffineMap(matrix=np.zeros((2, 2)), shift=[0, 0]), "invertible"),
        (lambda: AffineMap(matrix=np.eye(2), shift=[0, 0, 0]), "as long a shift"),
    ],
)
def test_what_has_no_meaning_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
