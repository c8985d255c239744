"""What each paper prints. Nothing that is derived depends on this package."""

from __future__ import annotations

from importlib import import_module

from theory.records import Paper

PAPERS = ("bahri2020statistical", "barney2024neural", "erbin2022renormalization", "vanchurin2020towards")
"""Keys of the papers, each the name of its module."""


def find(key: str) -> Paper:
    """The paper of a key.

    Raises
    ------
    ValueError
        If there is none; the message lists the keys there are.
    """
    if key not in PAPERS:
        raise ValueError(f"there is no paper {key!r}; the keys are {', '.join(PAPERS)}")
    return import_module(f"theory.papers.{key}").PAPER
