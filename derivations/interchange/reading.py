"""Read a derivation back: what a file says was computed is computed again, and what it says was checked must be that.

A step that was computed by an operation on both sides must come out the same; the claims under which it was examined
must be ones that this very step has. So a file cannot pass off one claim as another. The claims themselves are
examined when the derivation is verified.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from derivations.engine.both_sides import BothSides, premises_under
from derivations.engine.claims import claim_hash
from derivations.engine.forms import Form, assumed, computed_forms, needed, stated_forms
from derivations.engine.step import Step
from derivations.interchange.document import Document, list_in, text_in, texts_in
from derivations.operations.table import OPERATIONS
from theory.interchange import Decoder, InterchangeError
from theory.statements import Definition, Postulate, Statement

WITHOUT_STATUS = {"definition": Definition, "premise": Statement, "postulate": Postulate}


def read_steps(document: Document, derivation: BothSides) -> None:
    """Append every step of the document to an empty derivation."""
    for data in document.steps:
        parts = _parts(data, document.decoder, derivation)
        _require_kind(parts)
        rule = parts["rule"]
        if rule in OPERATIONS:
            _require_computed(parts, derivation)
        elif rule == "stated":
            _require_form(parts, stated_forms(derivation.ground, parts["statement"], parts["parents"]))
        elif parts["checked"] and rule == "earlier result":
            parts = {**parts, **_taken_over(parts, derivation)}
        elif parts["checked"]:
            raise InterchangeError(
                f"the step {parts['name']!r} by {rule!r} is examined as it stands; found other claims"
            )
        try:
            derivation.append(**parts)
        except (TypeError, ValueError) as error:
            raise InterchangeError(f"the step {parts['name']!r}: {error}") from error


def _parts(data: Any, decoder: Decoder, derivation: BothSides) -> dict[str, Any]:
    statement = decoder.statement(data.get("statement"))
    choices = [(c[0], _choice(c[1], decoder, derivation)) for c in list_in(data, "choices") if _is_pair(c)]
    result = statement.expression if isinstance(statement, Definition) else getattr(statement, "right", None)
    return {
        "name": text_in(data, "name"),
        "rule": text_in(data, "rule"),
        "reason": text_in(data, "reason"),
        "statement": statement,
        "parents": _steps(texts_in(data, "parents"), derivation),
        "given": _steps(texts_in(data, "given"), derivation),
        "checked": _statements(data, "checked", decoder),
        "obligations": _statements(data, "obligations", decoder),
        "postulates": tuple(decoder.statement(p) for p in list_in(data, "postulates")),
        "choices": tuple(choices),
        "result": result,
        "defines": decoder.value(data.get("defines")),
        "serves": texts_in(data, "serves"),
        "remark": text_in(data, "remark"),
        "doubt": text_in(data, "doubt"),
        "inherits": texts_in(data, "inherits"),
    }


def _is_pair(data: Any) -> bool:
    if not isinstance(data, list) or len(data) != 2 or not isinstance(data[0], str):
        raise InterchangeError(f"expected a choice as a name and a value, found {str(data)[:60]}")
    return True


def _choice(data: Any, decoder: Decoder, derivation: BothSides) -> Any:
    if isinstance(data, dict) and set(data) == {"step"}:
        return _steps((text_in(data, "step"),), derivation)[0]
    return decoder.value(data)


def _steps(names: tuple[str, ...], derivation: BothSides) -> tuple[Step, ...]:
    try:
        return tuple(derivation[name] for name in names)
    except KeyError as error:
        raise InterchangeError(f"a step rests on one that does not stand before it: {error.args[0]}") from error


def _statements(data: Any, key: str, decoder: Decoder) -> tuple[Statement, ...]:
    found = tuple(decoder.statement(s) for s in list_in(data, key))
    if not all(isinstance(s, Statement) for s in found):
        raise InterchangeError(f"expected claims as {key!r}; a definition or a postulate is none")
    return found


def _require_kind(parts: dict[str, Any]) -> None:
    """Definitions, premises and postulates have no verdict; nothing else goes without one."""
    expected = WITHOUT_STATUS.get(parts["rule"], Statement)
    named_by_rule = parts["rule"] != "stated" and parts["rule"] not in OPERATIONS
    if not isinstance(parts["statement"], (expected, Definition) if named_by_rule else expected):
        raise InterchangeError(f"the step {parts['name']!r} by {parts['rule']!r} states no {expected.__name__}")


def _require_computed(parts: dict[str, Any], derivation: BothSides) -> None:
    """The operation, done again, must give the very claim and the very obligations of the file."""
    name, rule = parts["name"], parts["rule"]
    if not parts["parents"]:
        raise InterchangeError(f"the step {name!r} by {rule!r} works on no equation")
    given = premises_under(*parts["parents"])
    try:
        done = derivation.done(rule, parts["parents"][0], given, dict(parts["choices"]))
        given = tuple(dict.fromkeys((*given, *assumed(derivation.ground, done))))
        obligations = needed(derivation.ground, done, given)
    except (TypeError, ValueError) as error:
        raise InterchangeError(f"the step {name!r} by {rule!r} cannot be computed again: {error}") from error
    if _hashes((done.statement, *obligations)) != _hashes((parts["statement"], *parts["obligations"])):
        raise InterchangeError(f"the step {name!r} by {rule!r}, computed again, says something else than the file")
    _require_form(parts, computed_forms(derivation.ground, done, given))


def _require_form(parts: dict[str, Any], forms: Iterable[Form]) -> None:
    """What the file says was examined must be a form in which this claim can be examined."""
    if parts["doubt"]:
        return
    wanted = _hashes(parts["checked"] or (parts["statement"],))
    for form in forms:
        if form.accepts and _hashes(form.checked) == wanted and set(form.given) == set(parts["given"]):
            return
    raise InterchangeError(f"what the file says was examined for the step {parts['name']!r} is not its claim")


def _taken_over(parts: dict[str, Any], derivation: BothSides) -> dict[str, Any]:
    """A result of another derivation that was examined in another form cannot be tied to it here."""
    try:
        _require_form(parts, stated_forms(derivation.ground, parts["statement"]))
    except InterchangeError:
        return {"doubt": "a result of another derivation, which must be verified there", "checked": ()}
    return {}


def _hashes(claims: Iterable[Statement]) -> list[str]:
    return [claim_hash(claim) for claim in claims]
