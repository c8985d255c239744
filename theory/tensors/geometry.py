r"""Entries of tensors that a metric makes, by their indices: a letter stands for any index, an integer for one.

A lower index of a derivative comes last, after the comma. In the letters of Vanchurin (2020), (12.11) and (12.13):
\Gamma^m_{cd} = g^{mn} (g_{nc,d} + g_{nd,c} - g_{cd,n}) / 2 and
R_{mn} = \Gamma^a_{nm,a} - \Gamma^a_{na,m} + \Gamma^b_{nm} \Gamma^a_{ab} - \Gamma^b_{na} \Gamma^a_{mb},
brackets around two indices being half the difference of both orders. These are the standard tensors.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

import sympy as sp
from sympy.core.symbol import Str
from sympy.printing.precedence import PRECEDENCE

from theory.tensors.fields import SymmetricTensorField

GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "rho",
    "sigma",
    "tau",
    "phi",
    "chi",
    "psi",
    "omega",
]


class TensorEntry(sp.Expr):
    """One entry: ``args`` are the fields that it is made of, then its indices."""

    is_commutative = True
    precedence = PRECEDENCE["Atom"]
    n_fields: ClassVar[int] = 1
    ends: ClassVar[str] = ""
    """For each index, ``u`` if it stands above, ``l`` below, ``d`` below after the comma."""
    letter: ClassVar[str] = ""

    def __new__(cls, *args: Any) -> TensorEntry:
        fields, indices = args[: cls.n_fields], args[cls.n_fields :]
        if not all(isinstance(f, SymmetricTensorField) for f in fields) or len(indices) != len(cls.ends):
            raise ValueError(
                f"{cls.__name__} takes {cls.n_fields} tensor fields and {len(cls.ends)} indices; found {args}"
            )
        places, dimension = tuple(map(_index, indices)), fields[0].dimension
        if any(isinstance(p, sp.Integer) and not 0 <= p < dimension for p in places):
            raise ValueError(f"an index of {fields[0]} is one of 0 to {dimension - 1}; found {indices}")
        return cast("TensorEntry", sp.Expr.__new__(cls, *fields, *places))

    @property
    def field(self) -> SymmetricTensorField:
        """The field, the metric where there are two."""
        return cast(SymmetricTensorField, self.args[0])

    @property
    def indices(self) -> tuple[Any, ...]:
        """Texts for letters, integers for numbers."""
        return tuple(int(cast(Any, a)) if a.is_Integer else str(a) for a in self.args[self.n_fields :])

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """The coordinates: the value of an entry depends on where it is taken."""
        return set(self.field.coordinates)

    def renamed(self, table: dict[Any, Any]) -> TensorEntry:
        """The entry with other indices."""
        return self.func(*self.args[: self.n_fields], *(table.get(i, i) for i in self.indices))

    def _eval_derivative(self, s: Any) -> Any:
        known = s in self.free_symbols or s in self.field.components
        return sp.Derivative(self, s, evaluate=False) if known else sp.S.Zero

    def _latex(self, printer: Any) -> str:  # noqa: ARG002
        return _written(self, _latex_index)

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        return _written(self, str)


def _index(value: Any) -> Any:
    if isinstance(value, Str | sp.Integer):
        return value
    return sp.Integer(value) if isinstance(value, int) else Str(str(value))


def _latex_index(index: Any) -> str:
    return rf"\{index}" if index in GREEK else str(index)


def _written(entry: TensorEntry, shown: Any) -> str:
    """Upper indices, then lower ones, then those of derivatives after a comma."""
    above, below, behind = ([i for i, e in zip(entry.indices, entry.ends, strict=True) if e == kind] for kind in "uld")
    letter = entry.letter or entry.field.name
    if shown is str and letter.startswith("\\"):
        letter = letter[1:]
    text = letter + (f"^{{{' '.join(map(shown, above))}}}" if above else "")
    low = " ".join(map(shown, below)) + (f",{' '.join(map(shown, behind))}" if behind else "")
    return text + (f"_{{{low}}}" if low else "")


class Component(TensorEntry):
    """The entry of a tensor field itself, t_ab."""

    ends = "ll"


class InverseMetric(TensorEntry):
    """An entry of the inverse of a metric, g^ab."""

    ends = "uu"


class Slope(TensorEntry):
    """The derivative of an entry of a tensor field by a coordinate, t_ab,c."""

    ends = "lld"


class SecondSlope(TensorEntry):
    """The second derivative of an entry of a tensor field, t_ab,cd."""

    ends = "lldd"


class Christoffel(TensorEntry):
    """The Christoffel symbol of the second kind, upper index first."""

    ends, letter = "ull", r"\Gamma"


class ChristoffelSlope(TensorEntry):
    """The derivative of a Christoffel symbol by a coordinate, that index last."""

    ends, letter = "ulld", r"\Gamma"


class RicciTensor(TensorEntry):
    """The Ricci tensor of a metric."""

    ends, letter = "ll", "R"


class InverseChange(TensorEntry):
    """The change of the inverse metric, -g^ac g^bd h_cd, if the metric changes by h; fields: the metric, then h."""

    n_fields, ends = 2, "uu"

    def _latex(self, printer: Any) -> str:  # noqa: ARG002
        return r"\delta " + _written(self, _latex_index)

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        return "delta " + _written(self, str)


class ScalarCurvature(TensorEntry):
    """The scalar curvature of a metric, g^ab R_ab."""

    letter = "R"


class VolumeElement(TensorEntry):
    """The square root of the absolute value of the determinant of a metric."""

    def _latex(self, printer: Any) -> str:  # noqa: ARG002
        return rf"\sqrt{{|{self.field.name}|}}"

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        return f"sqrt(|{self.field.name}|)"


ENTRIES: tuple[type[TensorEntry], ...] = (
    Component, InverseMetric, Slope, SecondSlope, Christoffel, ChristoffelSlope, RicciTensor, InverseChange,
    ScalarCurvature, VolumeElement,
)  # fmt: skip
"""All kinds of entries."""
