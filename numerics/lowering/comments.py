"""Formulas as remarks in generated code.

Names of indices and of variables of integration, which no check of arguments sees, reach a source in remarks alone.
"""

from __future__ import annotations

import re


def harmless(text: str) -> str:
    """Words for a remark in any language, from which no character could lead out of it."""
    text = re.sub(r"[^\w ^()\[\]{},.;:=+\-*/'<>|&~!]", "_", text)
    return re.sub(r"(?<=/)(?=[*/])|(?<=\*)(?=/)", " ", text)
