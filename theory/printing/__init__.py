"""Statements and expressions as LaTeX and as text for the terminal."""

from theory.printing.display import (
    expression_latex,
    expression_text,
    result_display,
    statement_display,
    statement_latex,
    statement_text,
)
from theory.printing.domains import domain_latex, domain_text

__all__ = [
    "domain_latex",
    "domain_text",
    "expression_latex",
    "expression_text",
    "result_display",
    "statement_display",
    "statement_latex",
    "statement_text",
]
