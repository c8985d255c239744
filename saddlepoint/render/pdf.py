"""LaTeX to PDF by the pdflatex that is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = 3
"""Until references and the table of contents have settled."""
SECONDS = 600
TOLD = 12
"""Lines of the log that an error shows."""


class PdfError(RuntimeError):
    """There is no PDF; the message says why and what to do."""


def pdf(source: str) -> bytes:
    """The document as PDF.

    Parameters
    ----------
    source
        LaTeX for plain pdflatex. It is compiled in a folder of its own; it cannot run commands.

    Raises
    ------
    PdfError
        If no pdflatex is installed, or it stops at an error.
    """
    program = shutil.which("pdflatex")
    if program is None:
        raise PdfError(
            "found no pdflatex to make the PDF; install TeX (Debian: texlive-latex-base), or take the LaTeX or HTML"
        )
    with TemporaryDirectory() as folder:
        name = Path(folder) / "document.tex"
        name.write_text(source, encoding="utf-8")
        command = [program, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", name.name]
        for _ in range(RUNS):
            try:
                done = subprocess.run(
                    command, cwd=folder, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
                )
            except subprocess.TimeoutExpired as error:
                raise PdfError(f"pdflatex did not end within {SECONDS} seconds; take the LaTeX instead") from error
            if done.returncode:
                raise PdfError(f"pdflatex stopped at an error; its log ends with\n{_end(done.stdout)}")
        return name.with_suffix(".pdf").read_bytes()


def _end(log: bytes) -> str:
    lines = [line for line in log.decode("utf-8", "replace").splitlines() if line.strip()]
    first = next((n for n, line in enumerate(lines) if line.startswith("!")), len(lines) - TOLD)
    return "\n".join(lines[max(first, 0) :][:TOLD])
