"""Print the n-th fenced bash block of README.md, so that the checks run what the README says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def bash_block(text: str, number: int) -> str:
    """The n-th fenced block, counted from 1; every block up to it must be bash."""
    blocks = BLOCK.findall(text)[:number]
    if len(blocks) < number or any(language != "bash" for language, _ in blocks):
        languages = [language or "plain" for language, _ in blocks]
        raise SystemExit(f"expected the first {number} fenced blocks of README.md to be bash; found {languages}")
    return blocks[number - 1][1]


if __name__ == "__main__":
    readme = Path(__file__).parents[1] / "README.md"
    print(bash_block(readme.read_text(encoding="utf-8"), int(sys.argv[1])), end="")
