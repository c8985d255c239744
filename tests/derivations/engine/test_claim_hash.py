"""The hash of a claim: one for all ways to write it, another for every other claim, the same in every process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp

from derivations.engine.claims import claim_hash, encode
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma

x, y, z, w = sp.symbols("x y z w")
n, k, j = sp.symbols("n k j", integer=True)
s, r = sp.IndexedBase("s"), sp.IndexedBase("r")
DOMAIN = Domain({x: (0, 1), n: sp.Range(1, sp.oo)})
ROOT = Path(__file__).parents[3]
SCRIPT = """
import sympy as sp
from derivations.engine.claims import claim_hash
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma
x, y, z = sp.symbols("x y z"); n, k = sp.symbols("n k", integer=True)
left = GaussianMean(sp.tanh(x * z + y)**2, z, y) + Sigma(x**k * y, (k, 0, n)) + sp.Max(x, y, n)
print(claim_hash(Identity(left, x * y + n, Domain({n: sp.Range(1, 9), y: (0, 2), x: (0, 1)}))))
"""


def test_bound_names_do_not_matter():
    pairs = [
        (Sigma(x**k, (k, 0, n)), Sigma(x**j, (j, 0, n))),
        (GaussianMean(sp.tanh(z * x), z, x), GaussianMean(sp.tanh(w * x), w, x)),
        (ConfigurationSum(sp.exp(x * s[1]), s, (k, 1, n)), ConfigurationSum(sp.exp(x * r[1]), r, (j, 1, n))),
        (sp.Integral(sp.exp(-z), (z, 0, x)), sp.Integral(sp.exp(-w), (w, 0, x))),
    ]
    for first, second in pairs:
        assert encode(first) == encode(second)
        assert claim_hash(Identity(first, x, DOMAIN)) == claim_hash(Identity(second, x, DOMAIN))


def test_free_names_bounds_and_domains_matter():
    base = claim_hash(Identity(Sigma(x**k, (k, 0, n)), x, DOMAIN))
    others = [
        Identity(Sigma(x**k, (k, 1, n)), x, DOMAIN),
        Identity(Sigma(x ** (k + 1), (k, 0, n)), x, DOMAIN),
        Identity(x, Sigma(x**k, (k, 0, n)), DOMAIN),
        Identity(Sigma(x**k, (k, 0, n)), x, DOMAIN.extended({x: (0, 2)})),
    ]
    assert len({base, *map(claim_hash, others)}) == 5


def test_a_float_has_no_canonical_form():
    with pytest.raises(ValueError, match="float"):
        encode(x + sp.Float("0.5"))


def test_the_hash_is_the_same_under_another_hash_seed():
    found = set()
    for seed in ("0", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        found.add(done.stdout.strip())
    assert len(found) == 1
    assert len(found.pop()) == 32
