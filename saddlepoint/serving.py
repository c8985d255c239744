"""Printed equations by paper, as a reader writes them: ``barney2024neural (1)-(6), (9)``."""

from __future__ import annotations

from itertools import groupby


def equations_by_paper(serves: tuple[str, ...]) -> str:
    """The labels ``"paper:number"`` with runs of numbers drawn together."""
    papers: dict[str, list[str]] = {}
    for label in serves:
        paper, _, number = label.partition(":")
        papers.setdefault(paper, []).append(number)
    return "; ".join(f"{paper} {_runs(numbers)}" for paper, numbers in papers.items())


def _runs(numbers: list[str]) -> str:
    plain = sorted({int(n) for n in numbers if n.isdigit()})
    runs = [[n for _, n in run] for _, run in groupby(enumerate(plain), key=lambda pair: pair[1] - pair[0])]
    told = [f"({run[0]})" if len(run) == 1 else f"({run[0]})-({run[-1]})" for run in runs]
    return ", ".join(told + [f"({n})" for n in numbers if not n.isdigit()])
