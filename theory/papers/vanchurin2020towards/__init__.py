"""Vanchurin, Towards a theory of machine learning, as printed.

Equations (2.1) to (12.14) of arXiv:2004.09280. The statements beside some of them say the same in the vocabulary of
``theory.models.learning``; the others are transcribed only.
"""

from __future__ import annotations

from theory.papers.vanchurin2020towards.architecture import ARCHITECTURE
from theory.papers.vanchurin2020towards.claims_depth import DEPTH_CLAIMS, SPECTRAL_CLAIMS
from theory.papers.vanchurin2020towards.claims_ensembles import ENSEMBLE_CLAIMS
from theory.papers.vanchurin2020towards.claims_entropic import ARCHITECTURE_CLAIMS, ENTROPIC_CLAIMS
from theory.papers.vanchurin2020towards.claims_fractions import EXPERIMENT_CLAIMS, FRACTION_CLAIMS
from theory.papers.vanchurin2020towards.claims_partition import PARTITION_CLAIMS
from theory.papers.vanchurin2020towards.claims_septuple import SEPTUPLE_CLAIMS
from theory.papers.vanchurin2020towards.claims_thermodynamics import (
    DESTRUCTION_CLAIMS,
    EQUILIBRIUM_CLAIMS,
    LAW_CLAIMS,
)
from theory.papers.vanchurin2020towards.depth import DEPTH
from theory.papers.vanchurin2020towards.ensembles import ENSEMBLES
from theory.papers.vanchurin2020towards.entropic_mechanics import ENTROPIC_MECHANICS
from theory.papers.vanchurin2020towards.equilibrium import LEARNING_EQUILIBRIUM
from theory.papers.vanchurin2020towards.experiments import EXPERIMENTS
from theory.papers.vanchurin2020towards.gravity import CURVATURE_CLAIMS, GRAVITY, GRAVITY_CLAIMS
from theory.papers.vanchurin2020towards.letters import KEY
from theory.papers.vanchurin2020towards.losses import LOSSES
from theory.papers.vanchurin2020towards.partition import PARTITION
from theory.papers.vanchurin2020towards.septuple import SEPTUPLE
from theory.papers.vanchurin2020towards.thermodynamics import THERMODYNAMICS
from theory.records import Paper

PAPER = Paper(
    key=KEY,
    title="Towards a theory of machine learning",
    authors=("Vitaly Vanchurin",),
    year=2020,
    eprint="2004.09280",
    primary_class="cs.LG",
    equations=(
        *SEPTUPLE,
        *LOSSES,
        *ENSEMBLES,
        *PARTITION,
        *LEARNING_EQUILIBRIUM,
        *THERMODYNAMICS,
        *ARCHITECTURE,
        *DEPTH,
        *EXPERIMENTS,
        *ENTROPIC_MECHANICS,
        *GRAVITY,
    ),
    claims=(
        *SEPTUPLE_CLAIMS,
        *ENSEMBLE_CLAIMS,
        *PARTITION_CLAIMS,
        *EQUILIBRIUM_CLAIMS,
        *SPECTRAL_CLAIMS,
        *LAW_CLAIMS,
        *ARCHITECTURE_CLAIMS,
        *DESTRUCTION_CLAIMS,
        *DEPTH_CLAIMS,
        *FRACTION_CLAIMS,
        *EXPERIMENT_CLAIMS,
        *ENTROPIC_CLAIMS,
        *GRAVITY_CLAIMS,
        *CURVATURE_CLAIMS,
    ),
)
