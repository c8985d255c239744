"""The frame of a saved derivation: its schema, its digest, and the parts it must have."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from theory.domain import Domain
from theory.interchange import Decoder, InterchangeError

SCHEMA = 1
FORMAT = "saddlepoint derivation"
MAX_BYTES = 20_000_000
EXPECTED = "expected a JSON document as Derivation.save writes it"
REMEDY = "save the derivation again; a text file of formulas is read by `saddlepoint equations`"


def digest_of(document: dict[str, Any]) -> str:
    """Hash of everything but the digest itself."""
    rest = {k: v for k, v in document.items() if k != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


class Document:
    """A saved derivation, taken apart and checked for what it must have.

    Raises
    ------
    InterchangeError
        If the text is no JSON, no saved derivation, of another schema, or was changed after it was saved.
    """

    def __init__(self, text: str | bytes) -> None:
        data = _parsed(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InterchangeError(f"{EXPECTED}, found JSON of another kind: {str(data)[:60]}; {REMEDY}")
        if data.get("schema") != SCHEMA:
            raise InterchangeError(f"this version reads schema {SCHEMA}; the document has {data.get('schema')!r}")
        if data.get("digest") != digest_of(data):
            raise InterchangeError(
                "the document was changed after it was saved: its digest does not fit; save the derivation again from "
                "the code that made it"
            )
        self._data = data
        self.decoder = Decoder(data.get("symbols"))
        self.identifier = self.text("id")
        self.domain: Domain = self.decoder.domain(data.get("domain"))
        self.steps = [_object(step, "a step") for step in self.items("steps")]

    def text(self, key: str) -> str:
        """A part that is text."""
        return text_in(self._data, key)

    def items(self, key: str) -> list[Any]:
        """A part that is a list."""
        return list_in(self._data, key)

    @property
    def references(self) -> list[tuple[str, str]]:
        """Keys and citations of the sources."""
        return [(text_in(r, "key"), text_in(r, "citation")) for r in self.items("references")]

    @property
    def conventions(self) -> tuple[str, ...]:
        """The sentences that fix signs and units."""
        return texts_in(self._data, "conventions")


def text_in(data: Any, key: str) -> str:
    """A part of an object that must be text."""
    value = _object(data, "an object").get(key)
    if not isinstance(value, str):
        raise InterchangeError(f"expected text as {key!r}, found {str(value)[:60]}")
    return value


def list_in(data: Any, key: str) -> list[Any]:
    """A part of an object that must be a list."""
    value = _object(data, "an object").get(key)
    if not isinstance(value, list):
        raise InterchangeError(f"expected a list as {key!r}, found {str(value)[:60]}")
    return value


def texts_in(data: Any, key: str) -> tuple[str, ...]:
    """A part of an object that must be a list of texts."""
    values = list_in(data, key)
    if not all(isinstance(v, str) for v in values):
        raise InterchangeError(f"expected texts as {key!r}, found {str(values)[:60]}")
    return tuple(values)


def _object(data: Any, what: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise InterchangeError(f"expected {what}, found {str(data)[:60]}")
    return data


def _parsed(text: str | bytes) -> Any:
    if len(text) > MAX_BYTES:
        raise InterchangeError(f"{EXPECTED}, found more than {MAX_BYTES} bytes; {REMEDY}")
    if not text.strip():
        raise InterchangeError(f"{EXPECTED}, found nothing in it; {REMEDY}")
    try:
        text = text if isinstance(text, str) else text.decode("utf-8-sig")
        return json.loads(text, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_once)
    except RecursionError as error:
        raise InterchangeError("the document is nested too deeply") from error
    except InterchangeError:
        raise
    except UnicodeDecodeError as error:
        raise InterchangeError(f"{EXPECTED}, found a byte that is no UTF-8 text at {error.start}; {REMEDY}") from error
    except ValueError as error:
        raise InterchangeError(f"{EXPECTED}, found text that is no JSON ({error}); {REMEDY}") from error


def _no_float(text: str) -> Any:
    raise InterchangeError(f"a saved derivation is exact; found the number {text[:40]}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise InterchangeError(f"a key stands twice in one object: {min(k for k in keys if keys.count(k) > 1)!r}")
    return dict(pairs)
