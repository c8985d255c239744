"""Densities that are equal up to a total derivative: integration by parts in actions."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity
from theory.domain import Domain
from theory.statements import EqualUpToTotalDerivative

t, x, m, g = sp.symbols("t x m g")
phi, psi = map(sp.Function, ("phi", "psi"))
q, r = phi(t), psi(t)
field, other = phi(t, x), psi(t, x)
DOMAIN = Domain({m: (0, 5), g: (0, 1)})
LINE, PLANE = (t,), (t, x)


def parts(
    name: str, left: object, right: object, fields: object, coordinates: tuple[sp.Symbol, ...], source: str
) -> KnownIdentity:
    """A known integration by parts."""
    claim = EqualUpToTotalDerivative(left, right, DOMAIN, fields=fields, coordinates=coordinates)
    return KnownIdentity(name=name, statement=claim, source=source)


CALCULUS = "integration by parts"

FAMILY = Family(
    name="total_derivatives",
    title="Equality up to a total derivative",
    identities=(
        parts("kinetic energy", q.diff(t) ** 2, -q * q.diff(t, 2), (q,), LINE, CALCULUS),
        parts("kinetic energy with a mass", m * q.diff(t) ** 2 / 2, -m * q * q.diff(t, 2) / 2, (q,), LINE, CALCULUS),
        parts("curvature squared", q.diff(t, 2) ** 2, q * q.diff(t, 4), (q,), LINE, CALCULUS),
        parts("dilatation", t * q.diff(t), -q, (q,), LINE, CALCULUS),
        parts("square of a dilatation", t * q * q.diff(t), -(q**2) / 2, (q,), LINE, CALCULUS),
        parts("drift of a potential", q**3 * q.diff(t), 0, (q,), LINE, CALCULUS),
        parts(
            "Onsager-Machlup action of a linear drift",
            (q.diff(t) + m * q) ** 2 / 4, (q.diff(t) ** 2 + m**2 * q**2) / 4,
            (q,), LINE, "Onsager and Machlup (1953): the cross term is a boundary term",
        ),
        parts("conjugate variables", q * r.diff(t), -r * q.diff(t), (q, r), LINE, "canonical transformations"),
        parts(
            "response field", r * (q.diff(t) + m * q), -q * (r.diff(t) - m * r), (q, r), LINE,
            "Martin, Siggia and Rose (1973), Janssen and De Dominicis (1976)",
        ),
        parts("gauge freedom", (q * sp.cos(q)).diff(t), 0, (q,), LINE, "two Lagrangians of one motion"),
        parts("gradient of a field", field.diff(x) ** 2, -field * field.diff(x, 2), (field,), PLANE, CALCULUS),
        parts(
            "Jacobian", field.diff(t) * other.diff(x) - field.diff(x) * other.diff(t), 0, (field, other), PLANE,
            "null Lagrangian",
        ),
        parts("two gradients", field.diff(t) * field.diff(x), -field * field.diff(t, x), (field,), PLANE, CALCULUS),
        parts(
            "dispersion", field.diff(x) * field**2, g * field.diff(x, 3), (field,), PLANE, "conservation law of a wave"
        ),
    ),
)  # fmt: skip
