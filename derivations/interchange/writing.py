"""Write a derivation down: every step with its claim, and what is needed to check it again."""

from __future__ import annotations

import json
from typing import Any

from derivations.engine.graph import StepGraph
from derivations.engine.step import Step
from derivations.interchange.document import FORMAT, SCHEMA, digest_of
from theory.domain import Domain
from theory.interchange import Encoder


def text_of(derivation: StepGraph, domain: Domain) -> str:
    """The document as text; the same derivation gives the same text in every process."""
    return json.dumps(_document(derivation, domain), ensure_ascii=False, indent=1) + "\n"


def _document(derivation: StepGraph, domain: Domain) -> dict[str, Any]:
    encoder = Encoder()
    parts: dict[str, Any] = {
        "schema": SCHEMA,
        "format": FORMAT,
        "id": derivation.identifier,
        "title": derivation.title,
        "introduction": derivation.introduction,
        "conventions": list(derivation.conventions),
        "references": [{"key": r.key, "citation": r.citation} for r in derivation.references],
        "domain": encoder.domain(domain),
        "steps": [_step(step, encoder) for step in derivation],
    }
    parts["symbols"] = encoder.symbols
    return {**parts, "digest": digest_of(parts)}


def _step(step: Step, encoder: Encoder) -> dict[str, Any]:
    return {
        "name": step.name,
        "rule": step.rule,
        "reason": step.reason,
        "statement": encoder.statement(step.statement),
        "parents": [p.name for p in step.parents],
        "given": [p.name for p in step.given],
        "checked": [encoder.statement(c) for c in step.checked],
        "obligations": [encoder.statement(o) for o in step.obligations],
        "postulates": [encoder.statement(p) for p in step.postulates],
        "choices": [[name, _choice(value, encoder)] for name, value in step.choices],
        "defines": encoder.value(step.defines),
        "serves": list(step.serves),
        "remark": step.remark,
        "doubt": step.doubt,
        "inherits": list(step.inherits),
    }


def _choice(value: Any, encoder: Encoder) -> Any:
    return {"step": value.name} if isinstance(value, Step) else encoder.value(value)
