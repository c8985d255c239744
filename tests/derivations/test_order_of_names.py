"""The catalogue makes the same claims in every process: SymPy's sets come in another order in each, and points are
drawn in the order of a domain's names, so that a seed would not fix a verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys

SCRIPT = """
import json, sys
from derivations import catalogue

def told(claim):
    domain = getattr(claim, "domain", None)
    return [list(map(str, domain.sets)) if domain is not None else [], str(claim)]

print(json.dumps({
    f"{entry.identifier}: {step.name}": [told(claim) for claim in (step.statement, *step.obligations, *step.checked)]
    for entry in catalogue()
    for step in entry.build().steps
}))
"""


def claims(processes: list[subprocess.Popen[str]]) -> list[dict[str, list[list[str]]]]:
    answers = [p.communicate(timeout=300)[0] for p in processes]
    assert [p.returncode for p in processes] == [0, 0]
    return [json.loads(answer) for answer in answers]


def test_claims_and_the_order_of_their_names_do_not_depend_on_the_hashes_of_a_process() -> None:
    one, other = claims(
        [
            subprocess.Popen(
                [sys.executable, "-c", SCRIPT],
                env={**os.environ, "PYTHONHASHSEED": seed},
                stdout=subprocess.PIPE,
                text=True,
            )
            for seed in ("0", "1")
        ]
    )
    assert len(one) > 400
    assert [name for name in one if one[name] != other.get(name)] == []
    assert set(one) == set(other)
