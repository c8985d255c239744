"""Slips in the claims of our own derivation: refuted, and never proved by the exact route alone."""

from itertools import islice

import pytest

from derivations.engine.kinds.identity import pairs_of
from derivations.engine.mutation import mutated_statements
from derivations.engine.routes.exact import prove
from derivations.engine.verify import verify
from derivations.spin_glass import multilayer_replicas
from theory.statements import Identity, Statement

STEPS = {s.name: s.statement for s in multilayer_replicas.build() if isinstance(s.statement, Statement)}
QUICK = (
    "Hessian",
    "spectrum of equal layers",
    "melting temperature",
    "one-site trace",
    "conjugate overlap",
    "infinite depth",
)
PER_STEP = 4


def slips(name, count):
    return islice(mutated_statements(STEPS[name]), count)


@pytest.mark.parametrize("name", QUICK)
def test_the_claims_of_the_derivation_hold(name):
    assert verify(STEPS[name]).holds is True


@pytest.mark.parametrize("name", QUICK)
def test_a_slip_in_a_claim_of_the_derivation_is_refuted(name):
    for _, label, wrong in slips(name, PER_STEP):
        verdict = verify(wrong)
        assert verdict.status == "refuted", f"{label}: {verdict}"


@pytest.mark.slow
@pytest.mark.parametrize("name", STEPS)
def test_the_exact_route_proves_a_slip_only_where_balls_cannot_refute_it(name):
    for _, label, wrong in slips(name, 40):
        if isinstance(wrong, Identity) and prove(pairs_of(wrong), wrong.domain, "").outcome == "proves":
            assert verify(wrong).status != "refuted", label
            assert verify(wrong).status != "inconclusive", label
