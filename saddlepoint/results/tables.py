"""Tables and cells of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table whose cells are HTML."""
    head = "".join(f"<th>{h}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def word(status: str | None) -> str:
    """A status in its color."""
    kind = (status or "").split(" ")[0]
    return f'<span class="{escape(kind)}">{escape(status or "")}</span>'


def number(value: float | None, digits: int = 6) -> str:
    """A number with some digits, nothing for an undefined one."""
    return "" if value is None else f"{value:.{digits}g}"
