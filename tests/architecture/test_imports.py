"""Imports point left only, and what must be independent imports nothing of ours."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ORDER = ("theory", "derivations", "numerics", "saddlepoint")
INDEPENDENT = ("numerics.networks", "derivations.oracles")
APART = (
    ("derivations.rules", "derivations.oracles"),
    ("derivations.oracles", "derivations.rules"),
    ("derivations.evaluation", "derivations.engine"),
    ("numerics.sampling", "numerics.tap"),
    ("numerics.sampling", "theory"),
    ("numerics.sampling", "derivations"),
    ("numerics.tap", "numerics.sampling"),
)


def imported_modules(source: str) -> set[str]:
    """Every module an import statement names, also inside functions and under TYPE_CHECKING."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                names.add("." * node.level + (node.module or ""))
            elif node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def violations(module: str, source: str) -> list[str]:
    """What the imports of a module break."""
    found = []
    for name in sorted(imported_modules(source)):
        package = name.split(".")[0]
        if name.startswith("."):
            found.append(f"{module} imports {name} relatively")
        elif package in ORDER and ORDER.index(package) > ORDER.index(module.split(".")[0]):
            found.append(f"{module} imports {name}: imports point left only, {' <- '.join(ORDER)}")
        for alone in INDEPENDENT:
            if within(module, alone) and package in ORDER and not within(name, alone):
                found.append(f"{module} imports {name}: {alone} imports nothing of ours")
        for one, other in APART:
            if within(module, one) and within(name, other):
                found.append(f"{module} imports {name}: {one} and {other} share nothing")
    return found


def modules() -> list[tuple[str, Path]]:
    files = [path for package in ORDER for path in sorted((ROOT / package).rglob("*.py"))]
    return [(".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), p) for p in files]


def test_imports_point_left_only() -> None:
    found = [v for module, path in modules() for v in violations(module, path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_package_of_the_house_is_looked_at() -> None:
    packages = {module.split(".")[0] for module, _ in modules()}
    assert packages == set(ORDER)
    assert {"numerics.networks", "derivations.oracles", "derivations.rules"} <= {m for m, _ in modules()}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("theory.sums", "from derivations import verify"),
        ("theory.sums", "def f():\n    import saddlepoint.store"),
        ("derivations.engine.rule", "import numerics"),
        (
            "numerics.lowering",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from saddlepoint.store import Store",
        ),
        ("numerics.networks.trainer", "from numerics.solvers import critical_temperature"),
        ("numerics.networks.trainer", "import theory"),
        ("derivations.oracles.replicas", "from theory.sums import unroll"),
        ("derivations.oracles.replicas", "from derivations import rules"),
        ("derivations.rules.hessian", "from derivations.oracles import replicas"),
        ("derivations.evaluation.meanings", "from derivations.engine.routes import enclosed"),
        ("saddlepoint.store", "from . import blobs"),
        ("numerics.sampling.chain", "from numerics.tap import tap_solution"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert violations(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("derivations.rules.hessian", "from theory.sums import Sigma\nfrom derivations.engine.rule import rule"),
        ("numerics.networks.trainer", "import numpy\nfrom numerics.networks.state import TrainingState"),
        ("saddlepoint.cli.run", "from numerics import analyze\nimport theory.papers"),
    ],
)
def test_an_allowed_import_is_left_alone(module: str, source: str) -> None:
    assert violations(module, source) == []
