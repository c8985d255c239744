"""Stability of the replica-symmetric saddle point: the Hessian in the overlaps of pairs, sector by sector.

Sources: J. R. L. de Almeida, D. J. Thouless, Stability of the Sherrington-Kirkpatrick solution of a spin glass model,
Journal of Physics A 11, 983 (1978). Symbolic in the number of replicas m: three eigenvalues with the multiplicities 1,
m - 1 and m (m - 3)/2; the last one, the replicon, decides as m tends to 0.
"""

from __future__ import annotations

from collections.abc import Callable

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.evidence import Evidence
from derivations.engine.rule import Inference
from derivations.engine.step import Step
from derivations.rules.moment_limit import (
    moments_at,
    moments_without_replicas,
    paramagnetic,
    powers_of_the_secant,
    stability_line,
    vanishing_replicon,
    with_moments,
)
from derivations.rules.pair_action import conjugate_of_pairs, pairs_counted_once
from derivations.rules.pair_hessian import pair_hessian, symmetric_pair_hessian
from derivations.rules.pair_moments import pair_covariance, pair_moments, pair_response
from derivations.rules.pair_sectors import SECTORS, pair_products, pair_sectors, sector_eigenvalue, sector_multiplicity
from derivations.rules.stationarity import at_saddle
from derivations.spin_glass import replica_stability_oracles as oracles
from derivations.spin_glass.sherrington_kirkpatrick import replica_action
from theory.models import replica_pairs as names

IDENTIFIER = "sherrington-kirkpatrick-stability"
TITLE = "Stability of the replica-symmetric Sherrington-Kirkpatrick model: the replicon"
SERVES: tuple[str, ...] = ()

REFERENCES = (
    Reference(
        key="almeida1978stability",
        citation="J. R. L. de Almeida, D. J. Thouless, Stability of the Sherrington-Kirkpatrick solution of a spin "
        "glass model, Journal of Physics A 11, 983 (1978)",
    ),
)
SLOTS, MIDDLE, M = names.slots, names.middle, names.n_replicas


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "The replica-symmetric saddle point is stable where no direction of overlaps lowers the action. "
            "Permutations of the replicas split that space into three sectors, for any number of replicas."
        ),
        references=REFERENCES,
        conventions=(
            "Couplings have variance $1/N$; temperatures are in units of the coupling.",
            "The Hessian in the overlaps $y_{ab}$, $a < b$, is over minus the squared inverse temperature, so that "
            "its diagonal is 1 at infinite temperature: positive eigenvalues are stable as $m$ tends to 0.",
            "$t_r$ is the mean of $\\tanh(u)^r$ over the field $u$ of one site.",
        ),
    )
    sectors = _sectors(d)
    moments, hessian, kernel = _hessian(d)
    eigenvalues = _eigenvalues(d, sectors, moments, hessian, kernel)
    _without_replicas(d, eigenvalues, moments, hessian)
    return d


def _sectors(d: Derivation) -> Step:
    products = d.apply(pair_products, slots=SLOTS, middle=MIDDLE, n_replicas=M, name="products of pair patterns")
    sectors = d.apply(pair_sectors, products, slots=SLOTS, n_replicas=M, name="sectors of pairs of replicas")
    for sector in SECTORS:
        d.apply(sector_multiplicity, sectors, sector=sector, slots=SLOTS, n_replicas=M, name=f"multiplicity, {sector}")
    return sectors


def _hessian(d: Derivation) -> tuple[Step, Step, Step]:
    site = {"slots": SLOTS, "n_replicas": M, "field": names.site_field}
    moments = d.apply(
        pair_moments, spin=names.spins, curvature=names.curvature, name="moments of pair products", **site
    )
    response = d.apply(
        pair_response, spin=names.spins, source=names.pair_conjugate, name="response of pair products", **site
    )
    covariance = d.apply(
        pair_covariance, response, moments, slots=SLOTS, moment=names.moment, name="covariance of pair products"
    )
    hessian = d.apply(
        pair_hessian, _action_of_overlaps(d), response, overlap=names.pair_overlap, slots=SLOTS, name="Hessian of pairs"
    )
    kernel = d.apply(symmetric_pair_hessian, hessian, covariance, slots=SLOTS, name="Hessian of equal overlaps")
    return moments, hessian, kernel


def _action_of_overlaps(d: Derivation) -> Step:
    action = replica_action(d)
    a, b, *_ = SLOTS
    entries = {"overlap": names.pair_overlap[a, b], "conjugate": names.pair_conjugate[a, b]}
    pairs = d.apply(
        pairs_counted_once,
        action,
        overlap=names.overlap_matrix[a, b],
        conjugate=names.conjugate_matrix[a, b],
        of_pairs=(names.pair_overlap, names.pair_conjugate),
        name="action of pairs",
    )
    conjugate = d.apply(conjugate_of_pairs, pairs, n_replicas=M, name="conjugates of pairs", **entries)
    return d.apply(at_saddle, pairs, conjugate, name="action in the overlaps of pairs")


def _eigenvalues(d: Derivation, sectors: Step, moments: Step, hessian: Step, kernel: Step) -> Step:
    choices = {"slots": SLOTS, "middle": MIDDLE, "n_replicas": M}
    weights = moments_at(moments, hessian, names.overlap)
    found = {}
    for sector in SECTORS[:-1]:
        step = d.apply(sector_eigenvalue, kernel, sectors, sector=sector, name=f"eigenvalue, {sector}", **choices)
        found[with_moments(step.result, weights, names.moment)] = d[f"multiplicity, {sector}"].result

    def brute_force(inference: Inference) -> Callable[[], Evidence]:
        last = with_moments(inference.result, weights, names.moment)
        spectrum = {**found, last: d["multiplicity, replicon"].result}
        return oracles.brute_force_spectrum(
            spectrum, (M, names.inverse_temperature, names.overlap, names.external_field)
        )

    return d.apply(
        sector_eigenvalue,
        kernel,
        sectors,
        sector="replicon",
        oracle=brute_force,
        because=tuple(d[f"multiplicity, {s}"] for s in SECTORS) + tuple(d[f"eigenvalue, {s}"] for s in SECTORS[:-1]),
        name="eigenvalue, replicon",
        **choices,
    )


def _without_replicas(d: Derivation, replicon: Step, moments: Step, hessian: Step) -> None:
    limit = d.apply(
        moments_without_replicas,
        replicon,
        moments,
        hessian,
        moment=names.moment,
        overlap=names.overlap,
        domain=names.symmetric_domain(),
        n_replicas=M,
        continued=names.continued_replicas,
        name="replicon without replicas",
    )
    eigenvalue = d.apply(powers_of_the_secant, limit, weight=hessian.result[0], name="replicon eigenvalue")
    paramagnet = d.apply(
        paramagnetic, eigenvalue, overlap=names.overlap, field=names.external_field, name="replicon of the paramagnet"
    )
    d.apply(
        vanishing_replicon,
        paramagnet,
        inverse_temperature=names.inverse_temperature,
        name="temperature of the transition",
    )
    d.apply(
        stability_line,
        eigenvalue,
        weight=hessian.result[0],
        inverse_temperature=names.inverse_temperature,
        name="de Almeida-Thouless line",
    )
