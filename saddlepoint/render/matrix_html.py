"""Formulas with a matrix, which matplotlib cannot set: the matrix as a table, its entries drawn."""

from __future__ import annotations

import re
from collections.abc import Callable

_MATRIX = re.compile(r"^(.*?)\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}(.*)$", re.DOTALL)
MATRIX_STYLE = """
.withmatrix { display: flex; align-items: center; gap: .4rem; overflow-x: auto; }
table.matrix { width: auto; border-left: 1.5px solid; border-right: 1.5px solid; border-radius: .8rem; }
table.matrix td { border: 0; text-align: center; padding: .1rem .5rem; }
"""


def matrix_html(latex: str, draw: Callable[[str], str]) -> str | None:
    """The formula with its matrix as a table; None if it has none.

    Parameters
    ----------
    latex
        A formula on one line.
    draw
        Gives the HTML of a formula without a matrix.
    """
    found = _MATRIX.match(latex)
    if found is None:
        return None
    before, inside, after = (part.strip() for part in found.groups())
    rows = (row.split("&") for row in inside.split(r"\\") if row.strip())
    cells = ("".join(f"<td>{draw(cell.strip())}</td>" for cell in row) for row in rows)
    table = '<table class="matrix">' + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    ends = [draw(part) if part else "" for part in (before, after)]
    return f'<div class="withmatrix">{ends[0]}{table}{ends[1]}</div>'
