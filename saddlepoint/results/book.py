"""One book of all derivations: contents, chapters, what became of each printed equation, errata, bibliography."""

from __future__ import annotations

from saddlepoint.errata import errata_document
from saddlepoint.render.blocks import Source
from saddlepoint.render.latex import PREAMBLE, escaped, latex_bibliography, latex_body, latex_label, latex_text
from saddlepoint.results.contents import Contents, Entry, Told
from theory.records import Paper

TITLE = "Derivations in the statistical mechanics of learning"


def latex_book(contents: Contents) -> str:
    """The source of the book, for plain pdflatex with amsmath, amssymb and longtable.

    Equations are numbered by chapter; a table gives the derived equations and the verdict for each printed number.
    """
    chapters = "\n\n".join(_subject(name, several) for name, several in contents.subjects.items())
    tables = "\n\n".join(_printed(paper, contents.entries[paper.key]) for paper in contents.papers)
    errata = "\n\n".join(_errata(paper, contents.entries[paper.key]) for paper in contents.papers)
    found = contents.findings.provenance
    date = escaped(f"saddlepoint {found['saddlepoint']}, {found['time']}")
    return (
        f"\\documentclass[10pt]{{report}}\n{PREAMBLE}\\usepackage{{longtable}}\n"
        "\\numberwithin{equation}{chapter}\n\\setcounter{tocdepth}{0}\n"
        f"\\title{{{TITLE}}}\n\\author{{}}\n\\date{{{date}}}\n"
        f"\\begin{{document}}\n\\maketitle\n\\tableofcontents\n\n{chapters}\n\n\\appendix\n"
        f"\\chapter{{Printed equations and where they are derived}}\n\n{tables}\n\n"
        f"\\chapter{{Errata}}\n\n{errata}\n\n{latex_bibliography(_sources(contents))}\\end{{document}}\n"
    )


def _subject(name: str, several: tuple[Told, ...]) -> str:
    title = name[:1].upper() + name[1:]
    return "\n\n".join([f"\\part{{{escaped(title)}}}", *map(_chapter, several)])


def _chapter(told: Told) -> str:
    title = latex_text(told.document.title)
    return f"\\chapter{{{title}}}\n\n{latex_body(told.document, prefix=f'{told.identifier}:')}"


def _printed(paper: Paper, entries: tuple[Entry, ...]) -> str:
    rows = "\n".join(f"{escaped(e.name)} & {escaped(e.row['verdict'])} & {_derived(e)} \\\\" for e in entries)
    head = "\\textbf{printed} & \\textbf{verdict} & \\textbf{derived} \\\\ \\endhead"
    title = f"\\section*{{{escaped(paper.title)}}}\n{escaped(paper.citation)}~\\cite{{{paper.key}}}.\n\n"
    return f"{title}\\begin{{longtable}}{{@{{}}lll@{{}}}}\n{head}\n{rows}\n\\end{{longtable}}"


def _derived(entry: Entry) -> str:
    return ", ".join(f"\\eqref{{{latex_label(w.number, f'{w.derivation}:')}}}" for w in entry.ways)


def _errata(paper: Paper, entries: tuple[Entry, ...]) -> str:
    document = errata_document([e.row for e in entries], paper)
    body = latex_body(document, prefix=f"{paper.key}:")
    return f"\\section*{{{latex_text(document.title)}}}\n\n{body}"


def _sources(contents: Contents) -> list[Source]:
    """The sources of all derivations and the papers of the ledger, each once."""
    cited = {s.key: s for told in contents.derivations for s in told.document.sources}
    papers = {p.key: Source(key=p.key, citation=p.citation) for p in contents.papers}
    return [*{**cited, **papers}.values()]
