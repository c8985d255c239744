"""Barney, Winer and Galitski, Neural Networks as Spin Models: equations (1) to (31) as printed, misprints included.

Sections 2 and 3 of arXiv:2408.06421. Each equation is a transcription; the statements beside it say the same in the
vocabulary of ``theory.models.multilayer``. The paper's k of equation (16) is the mode r there.
"""

from __future__ import annotations

from theory.papers.barney2024neural.claims_ensemble import ENSEMBLE
from theory.papers.barney2024neural.claims_large_layers import LARGE_LAYERS, UNTRAINED
from theory.papers.barney2024neural.claims_mean_field import MEAN_FIELD_CLAIMS
from theory.papers.barney2024neural.claims_spectrum import LIMIT_CLAIMS, SPECTRUM_CLAIMS
from theory.papers.barney2024neural.claims_stability import STABILITY_CLAIMS
from theory.papers.barney2024neural.claims_trained import BONDS, ERROR_RATES, GROWTH, ONSET, TEMPERATURES, TRANSITION
from theory.papers.barney2024neural.claims_training import TRAINING_CLAIMS
from theory.papers.barney2024neural.hamiltonian import HAMILTONIAN
from theory.papers.barney2024neural.layers import LAYERED
from theory.papers.barney2024neural.letters import KEY
from theory.papers.barney2024neural.mean_field import MEAN_FIELD
from theory.papers.barney2024neural.replica_symmetry import REPLICA_SYMMETRY
from theory.papers.barney2024neural.replica_trick import REPLICA_TRICK
from theory.papers.barney2024neural.stability import STABILITY
from theory.papers.barney2024neural.table import VALUES
from theory.papers.barney2024neural.training import TRAINING
from theory.records import Paper

PAPER = Paper(
    key=KEY,
    title="Neural Networks as Spin Models: From Glass to Hidden Order Through Training",
    authors=("Richard Barney", "Michael Winer", "Victor Galitski"),
    year=2024,
    eprint="2408.06421",
    primary_class="cond-mat.dis-nn",
    equations=(
        *HAMILTONIAN,
        *REPLICA_TRICK,
        *REPLICA_SYMMETRY,
        *STABILITY,
        *MEAN_FIELD,
        *LAYERED,
        *TRAINING,
    ),
    values=VALUES,
    claims=(
        *ENSEMBLE,
        *STABILITY_CLAIMS,
        *MEAN_FIELD_CLAIMS,
        *LARGE_LAYERS,
        *TRAINING_CLAIMS[:2],
        *ERROR_RATES,
        *TRAINING_CLAIMS[2:3],
        *UNTRAINED[:1],
        *TEMPERATURES,
        *UNTRAINED[1:2],
        *GROWTH,
        *SPECTRUM_CLAIMS,
        *UNTRAINED[2:3],
        *TRANSITION,
        *TRAINING_CLAIMS[3:],
        *ONSET,
        *LIMIT_CLAIMS,
        *UNTRAINED[3:],
        *BONDS,
    ),
)
