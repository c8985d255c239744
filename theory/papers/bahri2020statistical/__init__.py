"""Bahri et al., Statistical mechanics of deep learning: section 6, equations (12) to (16), as printed.

With the claims of that section that can be checked. Of the other sections nothing is recorded yet: equations (1) to
(11) belong to modules of their own beside these, in printed order. The statements say the same in the vocabulary of
``theory.models.boltzmann_law``, ``theory.models.driven_chain`` and ``theory.models.work_laws``.
"""

from __future__ import annotations

from theory.papers.bahri2020statistical.annealing import ANNEALING
from theory.papers.bahri2020statistical.claims_energy_models import ENERGY_MODEL_CLAIMS
from theory.papers.bahri2020statistical.claims_nonequilibrium import ANNEALING_CLAIMS, DIFFUSION_CLAIMS
from theory.papers.bahri2020statistical.energy_models import ENERGY_MODELS
from theory.papers.bahri2020statistical.letters import KEY
from theory.records import Paper

PAPER = Paper(
    key=KEY,
    title="Statistical mechanics of deep learning",
    authors=(
        "Yasaman Bahri",
        "Jonathan Kadmon",
        "Jeffrey Pennington",
        "Sam S. Schoenholz",
        "Jascha Sohl-Dickstein",
        "Surya Ganguli",
    ),
    year=2020,
    journal="Annual Review of Condensed Matter Physics 11, 501",
    doi="10.1146/annurev-conmatphys-031119-050745",
    equations=(*ENERGY_MODELS, *ANNEALING),
    claims=(*ENERGY_MODEL_CLAIMS, *ANNEALING_CLAIMS, *DIFFUSION_CLAIMS),
)
