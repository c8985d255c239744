"""The derivation of the melting temperature as a whole."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import sympy as sp

import derivations
from derivations.spin_glass.multilayer_replicas import SERVES, build
from theory.statements import Identity

SOURCE = Path(derivations.__file__).parent


def test_every_step_is_computed():
    derivation = build()
    assert derivation.stated_steps == 0
    assert {step.rule for step in derivation if step.rule == "stated"} == set()


def test_every_numbered_equation_of_the_section_is_served():
    served = {target for step in build() for target in step.serves}
    # (2) only relabels the spins; it is a definition with nothing to derive.
    assert set(SERVES) - served == {"barney2024neural:2"}


def test_nothing_derived_depends_on_what_the_paper_prints():
    for path in [*SOURCE.rglob("*.py")]:
        if path.name == "judgement.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.startswith("theory.papers") for name in names), path.name


def test_first_neglected_term_vanishes_for_zero_one_and_two_replicas():
    remark = build()["cumulants of the one-site trace"].remark
    assert "m x^{3} (m - 2) (m - 1)/6" in remark


def test_results_are_the_same_in_every_process():
    code = (
        "from derivations.spin_glass.multilayer_replicas import build\n"
        "print([(s.name, str(s.result)) for s in build()])"
    )
    outputs = set()
    for seed in ("0", "1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SOURCE.parent)}
        run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        outputs.add(run.stdout)
    assert len(outputs) == 1


def test_no_claim_says_that_a_thing_equals_itself():
    claims = [c for step in build() if step.needs_verdict for c in (step.statement, *step.obligations)]
    vacuous = [c for c in claims if isinstance(c, Identity) and c.left == c.right]
    assert vacuous == []


def test_melting_temperature_of_two_layers_is_the_known_bipartite_one():
    result = build()["melting temperature"].result
    bonds = next(s for s in result.free_symbols if s.name == "L")
    variance = next(s for s in result.free_symbols if s.name == "C")
    # For one bond the Hessian is [[1, -b C], [-b C, 1]] with b = beta^2, singular at b = 1/C.
    assert sp.expand(result.subs(bonds, 1) ** 2) == variance
