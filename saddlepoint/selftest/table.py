"""What a self-test found, for a terminal: a line for each family, the false verdicts, the undecided claims."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from derivations.grading.grade import Grade
from derivations.grading.marks import Marks, by_family, marks_of

HEADS = ("family", "true accepted", "wrong refuted", "undecided", "unlabeled", "false", "median s", "90 % s")
MOST_LISTED = 40


def print_marks(grades: list[Grade], console: Console) -> None:
    """The table of the families, then what needs a person's eye."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in HEADS:
        table.add_column(head, justify="left" if head == "family" else "right")
    for name, marks in by_family(grades).items():
        table.add_row(name, *_cells(marks))
    total = marks_of(grades)
    table.add_row(Text("all", style="bold"), *_cells(total))
    console.print(table)
    _print_listed("FALSE VERDICTS", total.false_verdicts, "bold red", console)
    _print_listed("left undecided", total.undecided, "yellow", console)
    _print_listed("without an answer of the oracle, not counted", total.unlabeled, "dim", console)
    console.print(_summary(total), markup=False)


def _cells(marks: Marks) -> tuple[str | Text, ...]:
    false = len(marks.false_verdicts)
    return (
        f"{marks.accepted}/{marks.true}",
        f"{marks.refuted}/{marks.wrong}",
        str(len(marks.undecided) or ""),
        str(len(marks.unlabeled) or ""),
        Text(str(false), style="bold red") if false else "",
        _seconds(marks.median_seconds),
        _seconds(marks.slow_seconds),
    )


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _print_listed(title: str, grades: tuple[Grade, ...], style: str, console: Console) -> None:
    if not grades:
        return
    console.print(Text(f"{title}: {len(grades)}", style=style))
    for grade in grades[:MOST_LISTED]:
        change = f" [{grade.form}: {grade.change}]" if grade.change else ""
        why = grade.remark if grade.outcome == "unlabeled" else f"{grade.status} {grade.reason}"
        console.print(Text(f"  {grade.family} / {grade.name}{change}: {why[:100]}"))
    if len(grades) > MOST_LISTED:
        console.print(Text(f"  and {len(grades) - MOST_LISTED} more, all in --json", style="dim"))


def _summary(marks: Marks) -> str:
    return (
        f"{marks.labeled} claims: {marks.accepted} of {marks.true} true ones accepted "
        f"({marks.true_mutants} of them mutants that stay true), {marks.refuted} of {marks.wrong} wrong ones refuted, "
        f"{len(marks.undecided)} undecided ({100 * marks.undecided_share:.1f} %), "
        f"{len(marks.false_verdicts)} false verdicts"
    )
