"""Flows of vertices as LaTeX and as diagrams."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivations.algebra.necklaces import necklaces
from saddlepoint.figures.vertex_flows import draw_vertex_flows
from saddlepoint.render.vertex_flows import vertex_flow_latex


def test_the_flow_of_four_legs_has_its_factors_and_momenta() -> None:
    assert vertex_flow_latex(2, components=False) == (
        r"\partial_t \Gamma^{(2)}(p_1, p_2) &= - \frac{1}{2} \int_q \dot R(q) G(q)^2 \Gamma^{(4)}(q, p_1, p_2, -q)"
    )
    latex = vertex_flow_latex(4)
    assert r"G(q + p_1 + p_2) \Gamma^{(4)}_{a i_1 i_2 b}(q, p_1, p_2, -q - p_1 - p_2)" in latex
    assert r"\Gamma^{(4)}_{b i_3 i_4 a}(q + p_1 + p_2, p_3, p_4, -q) + \text{2 permutations}" in latex


@pytest.mark.parametrize("n", [4, 6, 8])
def test_permutations_count_every_term(n: int) -> None:
    latex = vertex_flow_latex(n)
    terms = latex.count("int_q")
    others = sum(int(k) for k in re.findall(r"text{(\d+) permutation", latex))
    assert terms + others == len(necklaces(n, even=True))


@pytest.mark.parametrize("n", [3, 6])
def test_momenta_add_up_at_every_vertex(n: int) -> None:
    """To zero, or to the sum of all external ones, which is zero."""
    latex = vertex_flow_latex(n, components=False, even=n % 2 == 0)
    allowed = ({}, {f"p_{leg}": 1 for leg in range(1, n + 1)})
    vertices = re.findall(r"Gamma\^{\(\d+\)}\((.*?)\)", latex)[1:]
    assert vertices
    for momenta in vertices:
        signed = re.findall(r"(-?) ?([qp][_\d]*)", momenta)
        total = {name: sum(-1 if s else 1 for s, m in signed if m == name) for _, name in signed}
        assert {name: count for name, count in total.items() if count} in allowed, momenta


@pytest.mark.parametrize(
    ("n", "choices", "message"),
    [(0, {}, "positive number of legs"), (3, {}, "positive number of legs"), (2, {"even": False}, "components=False")],
)
def test_a_flow_that_does_not_exist_is_refused(n: int, choices: dict[str, bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        vertex_flow_latex(n, **choices)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_diagrams_are_drawn(tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"flows.{kind}"
    draw_vertex_flows((2, 4), target)
    assert target.stat().st_size > 1000
