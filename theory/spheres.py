"""Means over spheres, as a node with an exact meaning on few sites."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from theory.averages import FamilyBinder, Range, places, with_own_slots
from theory.sums import Lookup, unroll

MOST_SITES = 3


class SphericalMean(FamilyBinder):
    """Mean over real spins on spheres: for each place of the other slots, N sites with mean square 1, uniformly.

    ``SphericalMean(f, s, 0, (i, 1, N), (a, 1, m))`` averages over m independent points ``s[., a]`` of the sphere of
    radius sqrt(N); the number says which slot is the site.
    """

    def __new__(cls, body: Any, family: sp.IndexedBase, site: Any, *ranges: Range) -> SphericalMean:
        place = sp.sympify(site, strict=True)
        if not (place.is_Integer and 0 <= int(place) < len(ranges)):
            raise ValueError(f"the site is one of the {len(ranges)} slots of {family}; found the place {site}")
        return sp.Expr.__new__(cls, sp.sympify(body, strict=True), family, place, *with_own_slots(ranges)[0])

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """Integrals over the angles of every sphere.

        Raises
        ------
        ValueError
            For spheres of more than three sites.
        """
        family, site = cast(sp.IndexedBase, self.family), int(cast(Any, self.args[2]))
        spheres: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        for place in places(self.ranges, lookup):
            spheres.setdefault((*place[:site], *place[site + 1 :]), []).append(place)
        charts = [(sites, *_chart(len(sites))) for sites in spheres.values()]
        spins = {place: value for sites, points, _ in charts for place, value in zip(sites, points, strict=True)}

        def look(atom: sp.Expr) -> sp.Expr:
            if isinstance(atom, sp.Indexed) and atom.base == family:
                return spins[tuple(int(cast(Any, i)) for i in atom.indices)]
            return lookup(atom)

        result = unroll(self.body, look)
        for _, _, angles in charts:
            result = _averaged(result, angles)
        return result


def _chart(n_sites: int) -> tuple[list[Any], list[tuple[Any, Any, Any]]]:
    """The point of the sphere in independent uniform coordinates, and their ranges; a sign has the range of 0."""
    radius, angle = sp.sqrt(n_sites), sp.Dummy("phi", real=True)
    if n_sites == 1:
        sign = sp.Dummy("s", real=True)
        return [sign], [(sign, None, None)]
    around = [sp.cos(angle), sp.sin(angle)]
    if n_sites == 2:
        return [radius * e for e in around], [(angle, sp.S.Zero, 2 * sp.pi)]
    if n_sites == MOST_SITES:
        height = sp.Dummy("u", real=True)
        ring = sp.sqrt(1 - height**2)
        points = [radius * height, *(radius * ring * e for e in around)]
        return points, [(height, sp.S.NegativeOne, sp.S.One), (angle, sp.S.Zero, 2 * sp.pi)]
    raise ValueError(f"spheres are written out for 1 to {MOST_SITES} sites; found {n_sites}")


def _averaged(expression: Any, coordinates: list[tuple[Any, Any, Any]]) -> Any:
    for name, low, high in coordinates:
        if low is None:
            signs = (sp.S.One, sp.S.NegativeOne)
            expression = sp.Add(*(expression.xreplace({name: sign}) for sign in signs)) / 2
        else:
            expression = sp.Integral(expression, (name, low, high)) / (high - low)
    return expression
