"""The graph of a derivation as an SVG picture: one row a step, lines from each step to what follows from it.

Steps stand below one another in order. A line to the next row is straight; one that passes others runs in a lane of
its own on the left, and so crosses no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from derivations.display.shown import COLORS, NEUTRAL, mark, tally, word
from derivations.engine.report import DerivationReport, StepReport
from theory.printing import statement_text

ROW, LANE, RADIUS, TOP, MARGIN = 48, 16, 6, 64, 24
LETTER = 7.3
"""Width of a letter of a claim, about."""
LONGEST = 110
"""Letters of a claim that are shown; the whole stands in the tool tip."""
FONT = "system-ui, sans-serif"


@dataclass(frozen=True, kw_only=True)
class Line:
    """From the row of a parent to that of a child; ``dashed`` for a premise, ``lane`` 0 for neighbors."""

    start: int
    end: int
    dashed: bool
    lane: int


def graph_svg(report: DerivationReport) -> str:
    """The picture as a document that stands by itself."""
    lines = _lines(report)
    left = MARGIN + LANE * max((line.lane for line in lines), default=0) + RADIUS
    shown = [_claim(r) for r in report.steps]
    width = left + 2 * MARGIN + LETTER * max([len(report.derivation.title) * 1.4, *(len(s) for s in shown), 40])
    height = TOP + ROW * len(report.steps) + MARGIN
    body = [
        f'<text x="{MARGIN}" y="26" font-size="17" font-weight="bold">{escape(report.derivation.title)}</text>',
        f'<text x="{MARGIN}" y="45" font-size="12" fill="#555">{escape(tally(report.steps))}</text>',
        *(_path(line, left) for line in lines),
        *(_row(r, text, n, left) for n, (r, text) in enumerate(zip(report.steps, shown, strict=True))),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" '
        f'viewBox="0 0 {width:.0f} {height}" font-family="{FONT}">\n'
        f"<title>{escape(report.derivation.title)}</title>\n"
        f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _lines(report: DerivationReport) -> list[Line]:
    rows = {id(r.step): n for n, r in enumerate(report.steps)}
    pairs: dict[tuple[int, int], bool] = {}
    for r in report.steps:
        for parent in (*r.step.parents, *r.step.given):
            if id(parent) in rows:
                ends = (rows[id(parent)], rows[id(r.step)])
                pairs[ends] = pairs.get(ends, True) and parent in r.step.given and parent not in r.step.parents
    lanes: list[list[tuple[int, int]]] = []
    made = []
    for (start, end), dashed in sorted(pairs.items(), key=lambda item: (item[0][1] - item[0][0], item[0])):
        lane = 0 if end == start + 1 else _free_lane(lanes, start, end)
        made.append(Line(start=start, end=end, dashed=dashed, lane=lane))
    return made


def _free_lane(lanes: list[list[tuple[int, int]]], start: int, end: int) -> int:
    """The first lane in which no other line runs beside this one."""
    for number, taken in enumerate(lanes, 1):
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            return number
    lanes.append([(start, end)])
    return len(lanes)


def _height(row: int) -> float:
    return TOP + ROW * row + ROW / 2


def _path(line: Line, left: float) -> str:
    top, bottom = _height(line.start) + RADIUS, _height(line.end) - RADIUS
    if line.lane == 0:
        way = f"M{left} {top} L{left} {bottom}"
    else:
        x, bend = left - LANE * line.lane, ROW / 2
        way = (
            f"M{left - RADIUS} {top - RADIUS} C{x} {top - RADIUS} {x} {top - RADIUS} {x} {top - RADIUS + bend} "
            f"L{x} {bottom + RADIUS - bend} C{x} {bottom + RADIUS} {x} {bottom + RADIUS} {left - RADIUS} "
            f"{bottom + RADIUS}"
        )
    dash = ' stroke-dasharray="4 3"' if line.dashed else ""
    return f'<path d="{way}" fill="none" stroke="#9a9a9a" stroke-width="1.5"{dash}/>'


def _row(report: StepReport, claim: str, number: int, left: float) -> str:
    y, color = _height(number), COLORS.get(report.status or "", NEUTRAL)
    x = left + 18
    whole = f"{report.step.name}: {statement_text(report.step.statement)}"
    return (
        f"<g><title>{escape(whole)}</title>"
        f'<circle cx="{left}" cy="{y}" r="{RADIUS}" fill="{color}"/>'
        f'<text x="{x}" y="{y - 3}" font-size="13"><tspan font-weight="bold">{escape(report.step.name)}</tspan>'
        f'<tspan dx="8" fill="{color}">{mark(report)} {escape(word(report))}</tspan></text>'
        f'<text x="{x}" y="{y + 14}" font-size="12" font-family="monospace" fill="#333">{escape(claim)}</text></g>'
    )


def _claim(report: StepReport) -> str:
    text = statement_text(report.step.statement)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
