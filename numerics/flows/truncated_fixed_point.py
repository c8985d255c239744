"""Fixed points of truncated potentials, with the eigenvalues of their stability matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.flows.expansion_points import MINIMUM, POINTS, ExpansionPoint
from numerics.flows.field_renormalization import FieldRenormalization
from numerics.flows.potential import PotentialFlow, Vector
from numerics.solvers.newton import Root, newton
from theory.regulators import Regulator

ROUNDING = 1e-9
REAL = 1e-9


@dataclass(frozen=True, kw_only=True)
class Truncation:
    """Flows of potentials of every order, with a regulator, and with a field renormalization if there is one."""

    regulator: Regulator
    renormalization: FieldRenormalization | None = None
    about: ExpansionPoint = MINIMUM

    def flow(self, order: int) -> PotentialFlow:
        """That of the couplings up to an order."""
        return PotentialFlow(self.regulator, order, self.renormalization, self.about)

    def __str__(self) -> str:
        mode = self.renormalization
        renormalized = "" if mode is None else f" with the anomalous dimension of the {mode.mode} modes"
        return f"{self.regulator!r}{renormalized}, about the {self.about.name}"


@dataclass(frozen=True, kw_only=True)
class FixedPoint:
    """A zero of the beta functions of a truncated potential, in units in which 4 v_d / d is absorbed.

    Attributes
    ----------
    dimension, components, regulator, order
        As given.
    couplings
        Shape (order,). About the minimum kappa, lambda_2, ..., lambda_order of u(rho) = sum_n lambda_n (rho - kappa)^n
        / n!; about the origin g_1, ..., g_order of u(rho) = sum_n g_n rho^n / n!.
    eigenvalues
        Of the stability matrix of d/dt, t = log k, by growing real part, complex, shape (order,): negative ones are
        relevant.
    residual
        Largest derivative of the flow that is left, in units of the couplings.
    uncertainty
        The last Newton step over the couplings: their error by rounding, without that of the truncation.
    truncation_error
        How far nu is from that of two orders below, about the origin also of three; NaN for orders below 6.
    anomalous_dimension
        eta; zero in the local potential approximation.
    about
        The point of expansion, "minimum" or "origin".
    """

    dimension: float
    components: float
    regulator: Regulator
    order: int
    couplings: Vector
    eigenvalues: NDArray[np.complex128]
    residual: float
    uncertainty: float
    truncation_error: float = math.nan
    anomalous_dimension: float = 0.0
    about: str = MINIMUM.name

    @property
    def names(self) -> tuple[str, ...]:
        """Of the couplings."""
        return tuple(map(str, POINTS[self.about].couplings(self.order)))

    @property
    def relevant_eigenvalues(self) -> Vector:
        """The negative real ones: one, where only the temperature has to be tuned."""
        real = self.eigenvalues.real
        return real[(np.abs(self.eigenvalues.imag) < REAL * np.abs(self.eigenvalues)) & (real < 0)]

    @property
    def spurious_eigenvalues(self) -> NDArray[np.complex128]:
        """Complex ones with a negative real part: high orders of an expansion beyond its radius, not directions."""
        return self.eigenvalues[(self.eigenvalues.imag != 0) & (self.eigenvalues.real < 0)]

    @property
    def correlation_length_exponent(self) -> float:
        """nu, minus one over the relevant eigenvalue."""
        return float(-1 / self.relevant_eigenvalues[0])

    @property
    def correction_exponent(self) -> float:
        """omega, the smallest irrelevant eigenvalue; its real part where truncation makes a complex pair of it."""
        irrelevant = self.eigenvalues[self.eigenvalues.real > 0]
        return float(irrelevant[np.argmin(np.abs(irrelevant))].real)


def polished(d: float, n: float, truncation: Truncation, start: Vector) -> FixedPoint | None:
    """Newton's method from a start, with what a fixed point of this kind must have: a minimum at a nonzero field."""
    flow = truncation.flow(len(start))
    root = newton(
        lambda g: flow.slopes(d, n, g),
        lambda g: flow.jacobian(d, n, g),
        start,
        inside=truncation.about.allows,
        floor=1e-12,
    )
    if root is None:
        return None
    return _measured(d, n, flow, root)


def _measured(d: float, n: float, flow: PotentialFlow, root: Root) -> FixedPoint | None:
    values = np.linalg.eigvals(flow.stability_matrix(d, n, root.values))
    scale = np.abs(root.values) + np.abs(root.values).max() * 1e-12
    found = FixedPoint(
        dimension=d,
        components=n,
        regulator=flow.regulator,
        order=flow.order,
        couplings=root.values,
        eigenvalues=np.array(sorted(values.astype(complex), key=lambda v: (v.real, v.imag))),
        residual=float(np.max(np.abs(root.residual) / scale)),
        uncertainty=float(np.max(np.abs(root.step) / scale)),
        anomalous_dimension=flow.anomalous_dimension(d, n, root.values),
        about=flow.about.name,
    )
    return found if found.uncertainty < ROUNDING else None


def is_critical(found: FixedPoint) -> bool:
    return len(found.relevant_eigenvalues) == 1 and bool(np.any(found.eigenvalues.real > 0))
