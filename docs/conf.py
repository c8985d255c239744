"""How Sphinx builds these pages; formulas are set by the KaTeX that the site of results uses."""

from __future__ import annotations

from importlib.metadata import version as version_of
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "saddlepoint" / "site" / "assets"

project = "saddlepoint"
author = "The saddlepoint developers"
copyright = author  # noqa: A001
release = version_of("saddlepoint")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx.ext.napoleon", "sphinx_click"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
napoleon_google_docstring = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "saddlepoint"
html_copy_source = False
html_show_copyright = False
html_static_path = [str(SITE / "katex"), "static"]
html_css_files = ["katex.min.css"]
# What Sphinx loads for mathematics: a script of ours that calls KaTeX. Nothing comes from another host.
html_js_files = ["katex.min.js"]
mathjax_path = "formulas.js"
exclude_patterns = ["figures"]
