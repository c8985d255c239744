"""What a paper prints: its numbered equations, its numbers, and how they read as statements. Data, never verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements import Definition, Statement

RELATIONS = ("equal", "approximate", "definition", "ansatz")
READINGS = ("convention", "condition", "correction")
TRANSCRIPTIONS = ("clear", "doubtful")
CLAIM = "claim:"


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(allowed)}; found {value!r}")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A printed line taken another way.

    Attributes
    ----------
    kind
        ``convention`` for a convention that the paper itself uses, ``condition`` for a condition that it leaves out,
        ``correction`` for what seems to be meant; a correction is verified like any claim before anybody is told.
    text
        The convention, the condition or what is corrected, in words.
    statement
        What the line says then.
    """

    kind: str
    text: str
    statement: Statement

    def __post_init__(self) -> None:
        _one_of(self.kind, READINGS, "the kind of a reading")
        if not self.text.strip():
            raise ValueError("a reading says in words how it differs from the printed line; found no text")


@dataclass(frozen=True, kw_only=True)
class PrintedLine:
    """One relation of a printed equation.

    Attributes
    ----------
    label
        Which part of the equation it is.
    relation
        ``equal``, ``approximate`` (the paper writes an approximation), ``definition`` or ``ansatz``.
    statement
        The line as it is printed, None where it cannot be stated yet; ``note`` then says why.
    derived
        Names in the statement that stand for derived results: symbols, or indexed atoms for any index.
    fragment
        The part of the equation's LaTeX that is the right side of this line, where it can be singled out.
    readings
        Other ways to take the line, tried in this order if the printed one fails.
    domain
        For a definition or an ansatz: where it is compared with the derivation's own.
    assumes
        Steps of physics that the printed line takes beyond the statement, by name.
    note
        What a reader should know.
    """

    label: str
    relation: str
    statement: Statement | Definition | None
    derived: tuple[sp.Expr, ...] = ()
    fragment: str = ""
    readings: tuple[Reading, ...] = ()
    domain: Domain | None = None
    assumes: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _one_of(self.relation, RELATIONS, "the relation of a printed line")
        named = self.relation in ("definition", "ansatz")
        if self.statement is None and not self.note.strip():
            raise ValueError(f"the line {self.label!r} has no statement and no note that says why")
        if self.statement is not None and isinstance(self.statement, Definition) != named:
            raise ValueError(
                f"a line that is a definition or an ansatz holds a Definition, any other a claim; the line "
                f"{self.label!r} is called {self.relation!r} and holds a {type(self.statement).__name__}"
            )


@dataclass(frozen=True, kw_only=True)
class PrintedEquation:
    """A numbered equation of a paper exactly as printed, misprints included; or a claim that its prose makes.

    Attributes
    ----------
    paper
        Key of the paper.
    number
        The printed number without brackets; for a claim in prose ``claim:`` with the section and a letter.
    latex
        As printed, freed only of damage by the conversion of the text; empty for a claim without a formula.
    section
        Where it is printed.
    transcription
        ``clear``, or ``doubtful`` where the conversion may have changed its meaning.
    damage
        What the conversion did, and how that was judged; empty if nothing.
    conventions
        Sentences of the paper under which the equation is to be read.
    lines
        The relations it states; none if it is only transcribed.
    text
        The sentence of a claim as printed, formulas between dollar signs; empty for an equation.
    """

    paper: str
    number: str
    latex: str
    section: str
    transcription: str = "clear"
    damage: str = ""
    conventions: tuple[str, ...] = ()
    lines: tuple[PrintedLine, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        _one_of(self.transcription, TRANSCRIPTIONS, "a transcription")
        if self.transcription == "doubtful" and not self.damage:
            raise ValueError(f"the transcription of ({self.number}) is doubtful; say what was damaged")
        self._check_text()
        lost = [line.label for line in self.lines if line.fragment and line.fragment not in self.latex]
        if lost:
            raise ValueError(f"the fragments of the lines {lost} are not in the LaTeX of ({self.number})")

    def _check_text(self) -> None:
        """A claim has its sentence and is named after its section; an equation has its formula."""
        if self.is_claim != bool(self.text.strip()) or not (self.text or self.latex).strip():
            raise ValueError(f"a claim in prose has its text, an equation its LaTeX alone; see ({self.number})")
        if self.is_claim and not re.fullmatch(re.escape(CLAIM + self.section) + "[a-z]", self.number):
            name = f"{CLAIM}{self.section} with a letter"
            raise ValueError(f"a claim in section {self.section} is called {name}; found {self.number!r}")

    @property
    def is_claim(self) -> bool:
        """Whether it is a sentence of the prose or of a caption."""
        return self.number.startswith(CLAIM)


@dataclass(frozen=True, kw_only=True)
class PublishedValue:
    """A number from the literature, with the digits it was printed with.

    Attributes
    ----------
    paper
        Key of the paper.
    quantity
        What was measured, in words.
    printed
        The digits as printed, such as ``0.0266``.
    conventions
        How it was obtained: parameters, units, definitions.
    source
        Where in the paper it stands.
    """

    paper: str
    quantity: str
    printed: str
    conventions: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        try:
            Fraction(self.printed)
        except ValueError as error:
            raise ValueError(f"the value of {self.quantity} is printed as a number; found {self.printed!r}") from error

    @property
    def value(self) -> Fraction:
        """The printed digits as an exact number."""
        return Fraction(self.printed)

    @property
    def half_width(self) -> Fraction:
        """Half a unit of the last printed digit."""
        digits = len(self.printed.partition(".")[2])
        return Fraction(1, 2 * 10**digits)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper: what it is, and what it prints.

    Attributes
    ----------
    key
        Name of the paper in the ledger, and of its module.
    title, authors, year
        Bibliographic data.
    eprint, primary_class
        Its arXiv number and class; empty where it is not there.
    journal, doi
        Where else it appeared; a paper has an arXiv number or a doi.
    equations
        Every numbered equation, in printed order.
    values
        Numbers it publishes.
    claims
        Checkable sentences of its prose and captions, in printed order.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: int
    equations: tuple[PrintedEquation, ...]
    eprint: str = ""
    primary_class: str = ""
    journal: str = ""
    doi: str = ""
    values: tuple[PublishedValue, ...] = ()
    claims: tuple[PrintedEquation, ...] = ()

    def __post_init__(self) -> None:
        numbers = [e.number for e in (*self.equations, *self.claims)]
        twice = sorted({n for n in numbers if numbers.count(n) > 1})
        if not (self.eprint or self.doi):
            raise ValueError(f"{self.key} needs an arXiv number or a doi; found neither")
        if twice:
            raise ValueError(f"{self.key} has the equations {', '.join(twice)} more than once")
        misplaced = [e.number for e in self.equations if e.is_claim] + [c.number for c in self.claims if not c.is_claim]
        if misplaced:
            raise ValueError(f"{self.key} has claims among equations, or the reverse: {', '.join(misplaced)}")
        strangers = sorted({r.paper for r in (*self.equations, *self.claims, *self.values)} - {self.key})
        if strangers:
            raise ValueError(f"{self.key} holds records of {', '.join(strangers)}")

    def __getitem__(self, number: str) -> PrintedEquation:
        for equation in (*self.equations, *self.claims):
            if equation.number == number:
                return equation
        raise KeyError(
            f"{self.key} prints no equation ({number}); it has {', '.join(e.number for e in self.equations)}"
        )

    @property
    def citation(self) -> str:
        """One line for a reader."""
        where = f"arXiv:{self.eprint}" if self.eprint else f"{self.journal}, doi:{self.doi}"
        return f"{', '.join(self.authors)}, {self.title} ({self.year}), {where}"

    @property
    def bibtex(self) -> str:
        """The BibTeX entry."""
        fields: dict[str, Any] = {
            "title": f"{{{self.title}}}",
            "author": " and ".join(self.authors),
            "year": self.year,
        }
        if self.eprint:
            fields |= {"eprint": self.eprint, "archiveprefix": "arXiv", "primaryclass": self.primary_class}
        else:
            fields |= {"journal": self.journal, "doi": self.doi}
        body = ",\n".join(f"  {name:<13} = {{{value}}}" for name, value in fields.items())
        return f"@{'misc' if self.eprint else 'article'}{{{self.key},\n{body}\n}}\n"
