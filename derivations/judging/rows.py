"""The row of the ledger for one printed equation, and the verdict on each of its lines. Computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from derivations.engine.evidence import Counterexample
from derivations.engine.verdict import weakest
from theory.records import PrintedEquation
from theory.statements import Statement

VERDICTS = (
    "false",
    "misprint",
    "open",
    "unchecked",
    "holds if",
    "convention",
    "approximation",
    "empirical",
    "definition",
    "holds",
)
"""From worst to best."""
NEED_A_DERIVATION = ("false", "misprint", "holds if")
SCHEMA = 1


def worst(verdicts: Iterable[str]) -> str:
    """The worst of several verdicts.

    Raises
    ------
    ValueError
        If there is none, or one is no verdict.
    """
    return min(verdicts, key=VERDICTS.index)


@dataclass(frozen=True, kw_only=True)
class LineJudgement:
    """The verdict on one line of a printed equation.

    Attributes
    ----------
    label
        Which line.
    verdict
        One of ``VERDICTS``.
    status
        What the engine found about the printed claim, None for a definition.
    corrected
        LaTeX of the statement that holds, for a misprint or a false line.
    correction
        LaTeX that takes the place of the line's fragment, where it has one.
    corrected_statement
        The statement of a misprint with its correction, names of derived results still in it.
    corrected_status
        What the engine found about the corrected claim.
    condition, counterexample
        Under what it holds; where it fails.
    reason
        For the reader.
    rests_on
        Postulates and expansions under it.
    """

    label: str
    verdict: str
    status: str | None = None
    corrected: str | None = None
    correction: str | None = None
    corrected_statement: Statement | None = None
    corrected_status: str | None = None
    condition: str | None = None
    counterexample: Counterexample | None = None
    reason: str = ""
    rests_on: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}; found {self.verdict!r}")
        if self.verdict == "false" and self.counterexample is None:
            raise ValueError(f"the line {self.label!r} is called false without a counterexample")
        if self.verdict == "misprint" and self.corrected is None:
            raise ValueError(f"the line {self.label!r} is called a misprint without its corrected form")

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        names = ("label", "verdict", "status", "corrected_status", "condition")
        plain = {name: getattr(self, name) for name in names}
        return {
            **plain,
            "corrected_latex": self.corrected,
            "counterexample": self.counterexample.to_json() if self.counterexample else None,
            "reason": self.reason or None,
            "rests_on": list(self.rests_on),
        }


@dataclass(frozen=True, kw_only=True)
class LedgerRow(Mapping[str, Any]):
    """One row of the ledger, under the names of its JSON document; also a mapping of plain data."""

    paper: str
    equation: str
    verdict: str
    transcription: str
    printed_latex: str | None
    corrected_latex: str | None
    condition: str | None
    counterexample: Counterexample | None
    derivation: str | None
    reason: str | None
    status: str | None
    rests_on: tuple[str, ...]
    lines: tuple[LineJudgement, ...]
    text: str | None = None

    def __post_init__(self) -> None:
        if self.verdict in NEED_A_DERIVATION and self.derivation is None:
            raise ValueError(f"({self.equation}) is judged {self.verdict!r}; that names a derivation, found none")

    def to_json(self) -> dict[str, Any]:
        """Plain data, as the command line writes it."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        plain["counterexample"] = self.counterexample.to_json() if self.counterexample else None
        plain["rests_on"] = list(self.rests_on)
        plain["lines"] = [line.to_json() for line in self.lines]
        return {"schema": SCHEMA, **plain}

    def __getitem__(self, key: str) -> Any:
        return self.to_json()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.to_json())

    def __len__(self) -> int:
        return len(self.to_json())


def row(equation: PrintedEquation, lines: tuple[LineJudgement, ...], *, derivation: str | None) -> LedgerRow:
    """The row of an equation: its verdict is the worst of its lines, and the first such line speaks for it."""
    verdict = worst(line.verdict for line in lines)
    statuses = [line.status for line in lines if line.status is not None]
    speaker = next(line for line in lines if line.verdict == verdict)
    return LedgerRow(
        paper=equation.paper,
        equation=equation.number,
        verdict=verdict,
        transcription=equation.transcription,
        printed_latex=equation.latex or None,
        corrected_latex=corrected_latex(equation, lines),
        condition=speaker.condition,
        counterexample=speaker.counterexample,
        derivation=derivation,
        reason=_reason(equation, lines, speaker),
        status=weakest(statuses) if statuses else None,
        rests_on=tuple(dict.fromkeys(name for line in lines for name in line.rests_on)),
        lines=lines,
        text=equation.text or None,
    )


def unjudged(equation: PrintedEquation, reason: str) -> LedgerRow:
    """The row of an equation that nothing was asked about."""
    line = LineJudgement(label=equation.number, verdict="unchecked", status="unchecked", reason=reason)
    return row(equation, (line,), derivation=None)


def corrected_latex(equation: PrintedEquation, lines: tuple[LineJudgement, ...]) -> str | None:
    """The equation with every wrong fragment replaced; where none is singled out, the corrected statements."""
    wrong = [line for line in lines if line.corrected is not None]
    if not wrong:
        return None
    fragments = {line.label: line.fragment for line in equation.lines}
    latex, rest = equation.latex, []
    for line in wrong:
        fragment = fragments.get(line.label, "")
        if line.correction is None or not fragment:
            rest.append(str(line.corrected))
        else:
            latex = latex.replace(fragment, line.correction)
    return below_each_other(rest) if rest else latex


def below_each_other(formulas: Sequence[str]) -> str:
    """Formulas in LaTeX, one a line."""
    if len(formulas) == 1:
        return formulas[0]
    return r"\begin{gathered} " + r" \\ ".join(formulas) + r" \end{gathered}"


def _reason(equation: PrintedEquation, lines: tuple[LineJudgement, ...], speaker: LineJudgement) -> str | None:
    told: dict[str, list[str]] = {}
    for line in lines:
        if line.verdict == speaker.verdict and line.reason:
            told.setdefault(line.reason, []).append(line.label)
    named = len(lines) > 1
    text = "; ".join(f"{', '.join(labels)}: {reason}" if named else reason for reason, labels in told.items())
    return "; ".join(part for part in (text, equation.damage) if part) or None
