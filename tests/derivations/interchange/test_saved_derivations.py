"""A saved derivation is read back and verified; one that was changed or forged is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from derivations import Derivation, find
from derivations.interchange.document import digest_of
from theory import Identity
from theory.interchange import Encoder, InterchangeError

m, beta = sp.symbols("m beta", positive=True)
h, t = sp.symbols("h t", real=True)
Z = sp.Symbol("Z", positive=True)
f = sp.Function("f")


def written() -> Derivation:
    d = Derivation(
        "magnet",
        title="A magnet",
        domain={m: (0, 1), beta: (0, sp.oo), h: (-1, 1), t: (0, 5)},
        conventions=("Unit field.",),
    )
    d.define(Z, sp.exp(h) + sp.exp(-h), name="trace")
    d.so(Z, 2 * sp.cosh(h), name="cosh", by="the exponentials are a hyperbolic cosine")
    d.log(name="free entropy")
    d.expand(h, 4, name="weak field")
    d.premise(m, sp.tanh(beta * m), name="self-consistency")
    d.so(sp.cosh(beta * m), 1 / sp.sqrt(1 - m**2), name="consequence")
    d.multiply(beta, of=d["self-consistency"], name="scaled")
    d.premise(f(t).diff(t), -f(t), name="decay")
    d.differentiate(t, name="curvature")
    d.postulate("typical", "Fluctuations vanish.", justification="Infinite range.", test="Simulation.")
    return d


def changed(text: str, change: Any) -> str:
    """The document after a change, with its digest made to fit again."""
    data = json.loads(text)
    change(data)
    return json.dumps({**data, "digest": digest_of(data)})


def step_of(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(s for s in data["steps"] if s["name"] == name)


def test_a_derivation_comes_back_with_every_step_and_verdict(tmp_path: Path):
    first = written()
    first.save(tmp_path / "magnet.json")
    second = Derivation.load(tmp_path / "magnet.json")
    assert [s.statement for s in second] == [s.statement for s in first]
    assert [s.rests_on for s in second] == [s.rests_on for s in first]
    assert (second.title, second.conventions, second.domain) == (first.title, first.conventions, first.domain)
    assert second.verify().status == first.verify().status == "proved"


def test_what_is_read_is_written_the_same_again():
    text = written().to_json()
    assert Derivation.from_json(text).to_json() == text


def test_a_changed_file_is_refused():
    text = written().to_json()
    with pytest.raises(InterchangeError, match="changed after it was saved"):
        Derivation.from_json(text.replace("Unit field", "Other field"))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{", '{"format": "saddlepoint derivation"}', b"\xff\xfe", "[" * 5000, '{"a": 1, "a": 2}', "NaN"],
)
def test_what_is_no_saved_derivation_is_refused(text: str | bytes):
    with pytest.raises(InterchangeError):
        Derivation.from_json(text)


def test_a_wrong_claim_in_a_file_is_refuted_when_it_is_verified():
    first = Derivation("wrong", domain={h: (-1, 1)})
    first.append("slip", statement=Identity(sp.cosh(h), 1 - h**2 / 2, first.domain), rule="stated", reason="")
    again = Derivation.from_json(first.to_json())
    assert again.verify().status == "refuted"


def test_a_file_cannot_pass_off_another_claim_as_what_was_examined():
    def forge(data: dict[str, Any]) -> None:
        step = step_of(data, "cosh")
        encoder = Encoder()
        harmless = encoder.statement(Identity(sp.Integer(1), sp.Integer(1), Derivation("d").domain))
        step["checked"] = [harmless]

    with pytest.raises(InterchangeError, match="is not its claim"):
        Derivation.from_json(changed(written().to_json(), forge))


def test_a_computed_step_must_come_out_as_the_file_says():
    def forge(data: dict[str, Any]) -> None:
        step_of(data, "scaled")["statement"] = step_of(data, "self-consistency")["statement"]

    with pytest.raises(InterchangeError, match="computed again"):
        Derivation.from_json(changed(written().to_json(), forge))


def test_a_dropped_obligation_is_noticed():
    def forge(data: dict[str, Any]) -> None:
        step_of(data, "free entropy")["obligations"] = []

    with pytest.raises(InterchangeError, match="computed again"):
        Derivation.from_json(changed(written().to_json(), forge))


def test_a_premise_under_which_a_step_was_examined_cannot_be_left_out():
    def forge(data: dict[str, Any]) -> None:
        step_of(data, "consequence")["given"] = []

    with pytest.raises(InterchangeError, match="is not its claim"):
        Derivation.from_json(changed(written().to_json(), forge))


def test_a_step_rests_on_steps_before_it_only():
    def forge(data: dict[str, Any]) -> None:
        step_of(data, "cosh")["parents"] = ["curvature"]

    with pytest.raises(InterchangeError, match="does not stand before it"):
        Derivation.from_json(changed(written().to_json(), forge))


def test_a_definition_is_no_stated_step():
    def forge(data: dict[str, Any]) -> None:
        step_of(data, "trace")["rule"] = "stated"

    with pytest.raises(InterchangeError, match="states no Statement"):
        Derivation.from_json(changed(written().to_json(), forge))


def test_a_derivation_of_the_catalogue_is_saved_and_read():
    ours = find("multilayer-critical-temperature").build()
    again = Derivation.from_json(ours.to_json())
    assert [s.statement for s in again] == [s.statement for s in ours]
