"""Erbin, Lahoche and Samary, Renormalization in the neural network-quantum field theory correspondence, as printed.

Equations (2.1) to (4.6) of arXiv:2212.11811, and the claims of its prose and captions. The statements beside them say
the same in the vocabulary of ``theory.models.random_network`` and ``theory.models.network_flow``.
"""

from __future__ import annotations

from theory.papers.erbin2022renormalization.claims_construction import CONSTRUCTION_CLAIMS
from theory.papers.erbin2022renormalization.claims_correspondence import CORRESPONDENCE_CLAIMS
from theory.papers.erbin2022renormalization.claims_group import CONCLUSION_CLAIMS, GROUP_CLAIMS
from theory.papers.erbin2022renormalization.construction import CONSTRUCTION
from theory.papers.erbin2022renormalization.correspondence import CORRESPONDENCE
from theory.papers.erbin2022renormalization.group import GROUP
from theory.papers.erbin2022renormalization.letters import KEY
from theory.records import Paper

PAPER = Paper(
    key=KEY,
    title="Renormalization in the neural network-quantum field theory correspondence",
    authors=("Harold Erbin", "Vincent Lahoche", "Dine Ousmane Samary"),
    year=2022,
    eprint="2212.11811",
    primary_class="hep-th",
    equations=(*CORRESPONDENCE, *CONSTRUCTION, *GROUP),
    claims=(*CORRESPONDENCE_CLAIMS, *CONSTRUCTION_CLAIMS, *GROUP_CLAIMS, *CONCLUSION_CLAIMS),
)
