"""Write the site of a run into its folder."""

from __future__ import annotations

import base64
import re
from importlib.resources import files
from pathlib import Path

from saddlepoint.results.contents import LEDGER, NETWORKS, Contents, derivation_page
from saddlepoint.results.findings import Findings
from saddlepoint.results.folder import ResultFolder
from saddlepoint.site.pages import front_page, ledger_page, networks_page, one_derivation_page

ASSETS = files("saddlepoint.site").joinpath("assets")
CAPTIONS = {
    "comparisons": "Each comparison: how far the measurement lies from the prediction and from the rival theory.",
    "least-eigenvalue": "The least eigenvalue of I - M of sampled networks approaches the prediction for large layers "
    "as they grow; the least eigenvalue of the replica Hessian is another function with the same zero.",
    "training": "Networks trained on the built-in digits: means and standard errors over networks. The critical "
    "temperature is read where the least eigenvalue is first down to its minimum before training.",
}


def write_site(findings: Findings, folder: ResultFolder) -> Path:
    """Write all pages and what they need; returns the front page.

    Parameters
    ----------
    findings
        What a run found.
    folder
        Where it goes; figures that lie in its folder ``figures`` are shown.
    """
    contents = Contents(findings)
    _write_assets(folder)
    pictures = sorted((folder.path / "figures").glob("*.svg"))
    figures = tuple((f"figures/{p.name}", CAPTIONS.get(p.stem, p.stem)) for p in pictures)
    for told in contents.derivations:
        folder.write(derivation_page(told.identifier), one_derivation_page(contents, told))
    folder.write(LEDGER, ledger_page(contents))
    folder.write(NETWORKS, networks_page(contents, figures))
    return folder.write("index.html", front_page(contents))


def _write_assets(folder: ResultFolder) -> None:
    for name in ("site.css", "site.js"):
        folder.write(f"assets/{name}", ASSETS.joinpath(name).read_text(encoding="utf-8"))
    katex = ASSETS.joinpath("katex")
    folder.write("assets/katex.js", katex.joinpath("katex.min.js").read_text(encoding="utf-8"))
    folder.write("assets/katex-LICENSE.txt", katex.joinpath("LICENSE.txt").read_text(encoding="utf-8"))
    folder.write("assets/katex.css", _with_fonts(katex.joinpath("katex.min.css").read_text(encoding="utf-8")))


def _with_fonts(style: str) -> str:
    """The style with its fonts in it: browsers refuse fonts that lie beside a page opened from a disk."""

    def inlined(found: re.Match[str]) -> str:
        data = ASSETS.joinpath("katex", found[1]).read_bytes()
        return f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"

    return re.sub(r"url\((fonts/[^)]+\.woff2)\)", inlined, style)
