"""Spins on a sphere: the rules of Ising spins, unchanged, against forms in print and integrals over the sphere."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp

from derivations.engine.verify import verify
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.domain import Domain
from theory.models.p_spin import p_spin_model, spherical_p_spin_model
from theory.models.replica_symbols import ReplicaSymbols, n_replicas
from theory.models.sherrington_kirkpatrick import external_field as h
from theory.models.sherrington_kirkpatrick import inverse_temperature as beta
from theory.models.sherrington_kirkpatrick import n_spins
from theory.models.spin_laws import GaussianSpins
from theory.printing import statement_latex, statement_text
from theory.spheres import SphericalMean
from theory.statements import Identity
from theory.sums import Sigma, unroll
from theory.symbols import family

SYMBOLS = ReplicaSymbols.of(spherical_p_spin_model(3))
q, M = SYMBOLS.off_diagonal, SYMBOLS.magnetization
J0 = sp.Symbol("J_0", real=True)
WHERE = Domain({beta: (0, 3), h: (-1, 1), J0: (0, 2), q: (0, 1), M: (-1, 1)})


def in_print(p: int, entropy: sp.Expr) -> sp.Expr:
    """The form of A. Crisanti and H.-J. Sommers, Zeitschrift fuer Physik B 87, 341 (1992), in a field."""
    return -(beta**2 * (1 - q**p) / 4 + beta**2 * h**2 * (1 - q) / 2 + entropy) / beta


ENTROPY = sp.log(1 - q) / 2 + q / (2 * (1 - q))


@pytest.fixture(scope="module", params=[2, 3, 4])
def order_and_derivation(request):
    found = replica_symmetric_free_energy(spherical_p_spin_model(request.param))
    assert found.stated_steps == 0
    return request.param, found


def test_free_energy_of_crisanti_and_sommers(order_and_derivation):
    p, found = order_and_derivation
    derived = found["replica-symmetric free energy"].result
    assert verify(Identity(derived, in_print(p, ENTROPY), WHERE)).status == "proved"


@pytest.mark.parametrize("wrong", [-ENTROPY, sp.log(1 - q) / 2 - q / (2 * (1 - q)), sp.log(1 - q) + q / (1 - q)])
def test_another_entropy_is_refuted(order_and_derivation, wrong):
    p, found = order_and_derivation
    derived = found["replica-symmetric free energy"].result
    assert verify(Identity(derived, in_print(p, wrong), WHERE)).status == "refuted"


def test_the_overlap_obeys_the_equation_in_print(order_and_derivation):
    p, found = order_and_derivation
    slope = found["self-consistency"].result.subs(h, 0)
    printed = (p * beta**2 * q ** (p - 1) / 2 - q / (1 - q) ** 2) / (2 * beta)
    assert verify(Identity(slope, printed, WHERE)).status == "proved"


def test_a_ferromagnetic_mean_gives_the_spherical_model_of_kosterlitz_thouless_and_jones():
    """J. M. Kosterlitz, D. J. Thouless, R. C. Jones, Physical Review Letters 36, 1217 (1976)."""
    model = spherical_p_spin_model(2)
    model = replace(model, mean=J0 / n_spins, domain=model.domain.extended({J0: (-sp.oo, sp.oo)}))
    found = replica_symmetric_free_energy(model)["replica-symmetric free energy"].result.subs(h, 0)
    shape = sp.log(1 - q) / 2 + (q - M**2) / (2 * (1 - q))
    printed = -(beta**2 * (1 - q**2) / 4 + beta * J0 * M**2 / 2 + shape) / beta
    assert verify(Identity(found, printed, WHERE)).status == "proved"
    assert verify(Identity(found, printed.subs(M, 2 * M), WHERE)).status == "refuted"


def log_second_moment(n_sites: int, p: int, temperature: float) -> float:
    """log of the mean of Z^2 per site: the overlap of two points of the sphere has density (1 - q^2)^((N - 3) / 2)."""
    overlaps = np.linspace(-1, 1, 200_001)[1:-1]
    density = (n_sites - 3) / 2 * np.log1p(-(overlaps**2))
    energy = n_sites / temperature**2 * (1 + overlaps**p) / 2
    return float(logsumexp(energy + density) - logsumexp(density)) / n_sites


@pytest.mark.parametrize("p", [2, 3])
def test_the_action_of_two_replicas_is_the_second_moment_of_large_systems(p):
    found = replica_symmetric_free_energy(spherical_p_spin_model(p))
    action = found["extensive action"].result.subs({h: 0, n_replicas: 2})
    lam, mu = SYMBOLS.conjugate_off_diagonal, SYMBOLS.conjugate_diagonal
    temperature = 0.6
    per_site = sp.lambdify((q, lam, mu), (action / n_spins).subs(beta, sp.Float(1 / temperature)))

    def stationary(overlap: float) -> float:
        # the inverse of the matrix with diagonal 1 and off-diagonal q, less the unit matrix
        off = -overlap / (1 - overlap**2)
        return float(per_site(overlap, off, 1 / (1 - overlap**2) - 1))

    best = minimize_scalar(lambda x: -stationary(x), bounds=(0.05, 0.999), method="bounded", options={"xatol": 1e-10})
    sizes = (400, 800)
    errors = [abs(log_second_moment(n, p, temperature) + best.fun) for n in sizes]
    assert errors[1] < 0.6 * errors[0] and errors[1] < 0.005
    assert abs(log_second_moment(800, p, temperature) + 2 * best.fun) > 0.1


def test_a_mean_over_the_sphere_on_few_sites():
    s, (i, n) = family("s", real=True), sp.symbols("i n", integer=True)
    squares = SphericalMean(Sigma(s[i] ** 2, (i, 1, n)), s, 0, (i, 1, n))
    fourth = SphericalMean(s[1] ** 4, s, 0, (i, 1, n))
    for sites in (1, 2, 3):
        look = lambda atom, sites=sites: sp.Integer(sites) if atom == n else atom  # noqa: E731
        assert sp.simplify(unroll(squares, look).doit()) == sites
        assert sp.simplify(unroll(fourth, look).doit()) == sp.Rational(3 * sites, sites + 2)
    with pytest.raises(ValueError, match="1 to 3 sites; found 4"):
        unroll(squares, lambda atom: sp.Integer(4) if atom == n else atom)


def test_gaussian_spins_keep_their_self_overlap():
    model = replace(p_spin_model(2), spin_law=GaussianSpins())
    found = replica_symmetric_free_energy(model)
    p = SYMBOLS.diagonal
    shape = (sp.log(p - q) + q / (p - q) - p + 1) / 2
    printed = -(beta**2 * (p**2 - q**2) / 4 + beta**2 * h**2 * (p - q) / 2 + shape) / beta
    where = Domain({beta: (0, 1), h: (-1, 1), q: (0, 1), p: (0, 2)}, [sp.Lt(q, p)])
    derived = found["replica-symmetric free energy"].result
    assert verify(Identity(derived, printed, where)).status == "proved"
    assert verify(Identity(derived, printed + p / 2, where)).status == "refuted"


def test_a_mean_over_spheres_is_told(order_and_derivation):
    _, found = order_and_derivation
    assert "on spheres}" in statement_text(found["disorder average"].statement)
    assert r"\in S}" in statement_latex(found["disorder average"].statement)
