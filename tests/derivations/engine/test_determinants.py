"""Determinants of any size: what is proved, what is refuted, and their exact meaning."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.claims import encode
from derivations.engine.routes.certificates.determinants import by_determinants
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory.determinants import Determinant
from theory.domain import Domain
from theory.interchange.decoding import Decoder
from theory.interchange.encoding import Encoder
from theory.models import feedforward as model
from theory.printing import expression_latex, expression_text
from theory.statements import Identity
from theory.sums import Inside, Sigma, free_names, rename, unroll
from theory.symbols import family

N, z = model.n_neurons, model.spectral_parameter
i, j, k, delta = model.i, model.j, model.k, sp.KroneckerDelta
A, B = family("A", real=True), family("B", real=True)
DOMAIN = model.feedforward_domain().extended({A: sp.S.Reals, B: sp.S.Reals})
det = model.determinant
M = model.response
LESS = delta(i, j) - M(i, j)
LEVEL = model.weights[i, j] * Inside(model.layer[i], model.layer[j], model.n_layers)
CROSSED = M(i, j) + model.any_response(j, i) * Inside(model.layer[j], model.layer[i] + 1, model.n_layers)

RIGHT: dict[str, Any] = {
    "one less": (det(LESS), 1),
    "layered": (det(delta(i, j) - model.layered_response(i, j)), 1),
    "transposed": (det(delta(i, j) - M(j, i)), 1),
    "polynomial": (det(z * delta(i, j) - M(i, j)), z**N),
    "product": (det(Sigma(A[i, k] * B[k, j], (k, 1, N))), det(A[i, j]) * det(B[i, j])),
    "product of transposes": (det(Sigma(A[k, i] * B[j, k], (k, 1, N))), det(A[i, j]) * det(B[i, j])),
    "square": (det(model.quadratic_form(model.any_response)), det(delta(i, j) - model.any_response(i, j)) ** 2),
    "unit": (det(model.quadratic_form(M)), 1),
}
WRONG: dict[str, Any] = {
    "level": (det(delta(i, j) - LEVEL), 1),
    "both ways": (det(delta(i, j) - CROSSED), 1),
    "any weights": (det(delta(i, j) - model.any_response(i, j)), 1),
    "sum of factors": (det(Sigma(A[i, k] * B[k, j], (k, 1, N))), det(A[i, j]) + det(B[i, j])),
    "sum of matrices": (det(A[i, j] + B[i, j]), det(A[i, j]) + det(B[i, j])),
    "another power": (det(z * delta(i, j) - M(i, j)), z),
    "not squared": (det(model.quadratic_form(model.any_response)), det(delta(i, j) - model.any_response(i, j))),
    "shorter sum": (det(Sigma(A[i, k] * B[k, j], (k, 2, N))), det(A[i, j]) * det(B[i, j])),
    "entry by entry": (det(A[i, j] * B[i, j]), det(A[i, j]) * det(B[i, j])),
}


def proved(left: Any, right: Any) -> str:
    return by_determinants(Equation(left=left, right=sp.sympify(right), domain=DOMAIN))


def claim(left: Any, right: Any) -> Identity:
    return Identity(left, right, DOMAIN.restricted(left, sp.sympify(right)))


@pytest.mark.parametrize("name", RIGHT)
def test_a_true_claim_is_proved_for_any_size(name: str) -> None:
    assert proved(*RIGHT[name])
    assert verify(claim(*RIGHT[name])).status == "proved"


@pytest.mark.parametrize("name", WRONG)
def test_a_false_claim_is_refuted(name: str) -> None:
    assert proved(*WRONG[name]) == ""
    assert verify(claim(*WRONG[name])).status == "refuted"


def test_a_determinant_is_that_of_its_matrix() -> None:
    written = unroll(det(A[i, j] - z * delta(i, j)), lambda atom: sp.Integer(3) if atom == N else atom)
    matrix: Any = sp.Matrix(3, 3, lambda r, c: A[r + 1, c + 1]) - z * sp.eye(3)
    assert sp.expand(written - matrix.det()) == 0
    assert unroll(det(A[i, j]), lambda _: sp.Integer(0)) == 1


def test_its_letters_are_bound() -> None:
    node = Determinant(A[i, j] + z * delta(i, k), (i, j), N)
    assert free_names(node) == {A, z, k, N}
    assert encode(node) == encode(Determinant(A[k, j] + z * delta(k, i), (k, j), N).xreplace({i: k}))
    assert rename(node, i, z) == node
    assert node.entry(j, i) == A[j, i] + z * delta(j, k)
    assert node.diff(sp.Symbol("y")) == 0
    with pytest.raises(NotImplementedError, match="derivative of a determinant"):
        node.diff(z)


def test_the_names_of_its_letters_do_not_matter() -> None:
    assert encode(det(A[i, j])) == encode(Determinant(A[k, i], (k, i), N))
    assert encode(det(A[i, j])) != encode(det(A[j, i]))


def test_it_is_written_to_documents_and_printed() -> None:
    node = det(LESS)
    encoder = Encoder()
    written = encoder.value(node)
    assert Decoder(encoder.symbols).value(written) == node
    assert expression_latex(det(A[i, j])) == r"\det_{i, j \le N} \left[A_{i j}\right]"
    assert expression_text(det(A[i, j])) == "det_{i, j = 1..N}[A[i, j]]"


@pytest.mark.parametrize(
    ("slots", "size", "told"), [((i,), N, "one letter"), ((i, i), N, "one letter"), ((i, j), i + 1, "does not depend")]
)
def test_a_determinant_that_means_nothing_is_refused(slots: Any, size: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Determinant(A[i, j], slots, size)


def test_too_many_rows_have_no_value() -> None:
    found = verify(Identity(det(A[i, j]), 1, Domain({A: sp.S.Reals, N: sp.FiniteSet(60)})))
    assert found.status == "inconclusive"
