"""Ordinary mathematical notation as text: read into statements over a domain by a closed grammar, and written back.

No text is ever evaluated: characters, names and functions outside the tables of this package are refused where they
stand.
"""

from theory.notation.claims import read_claims, read_expression
from theory.notation.domains import Declarations, concerning, read_domain
from theory.notation.errors import NotationError
from theory.notation.scope import Scope, scope_of
from theory.notation.write import write

__all__ = [
    "Declarations",
    "NotationError",
    "Scope",
    "concerning",
    "read_claims",
    "read_domain",
    "read_expression",
    "scope_of",
    "write",
]
