"""Claims about trained networks, and others that no derivation here can judge: named, with what they wait for."""

from __future__ import annotations

from theory.papers.barney2024neural.printed import claim, line
from theory.records import PrintedEquation

RUNS = "It is judged by training runs like those of table 1, which are not part of this ledger yet."
ILLUSTRATION = "It says what is likely, without a condition that could be computed."
COMPLEXITY = "The number of solutions at the transition is beyond the linear equations that are derived here."


def waiting(place: str, text: str, reason: str = RUNS) -> PrintedEquation:
    """A claim without a statement, and why."""
    return claim(place, text, line("as printed", None, note=reason))


ERROR_RATES = (
    waiting("3.1c", "Note that the error rates of both NNs initally decay as power laws but then eventually plateau."),
    waiting("3.1d", "Validation error rate 0.0266, 0.0742, 0.0189, 0.0267 (table 1)"),
)
TEMPERATURES = (
    waiting(
        "3.2c",
        r"As training progresses, the minimum drops and the least eigenvalue first vanishes at a smaller $\beta$.",
    ),
    waiting(
        "3.2d",
        "We observe that the least eigenvalue curve drops significantly lower for the standard NN than for the "
        "binarized NN.",
    ),
)
GROWTH = (
    waiting(
        "3.2f",
        "After some transitory behavior at early training times the critical temperature begins growing as a power "
        "law.",
    ),
    waiting(
        "3.2g",
        "Eventually the power-law behavior of $T_c$ appears to change to a power-law growth with a smaller exponent.",
    ),
    waiting("3.2h", "this change occurs around the same time at which the validation error rates of the NNs plateau."),
)
TRANSITION = (
    waiting(
        "3.3c",
        "This is typical of a glass transition where an extensive number of TAP solutions appear at the transition",
        COMPLEXITY,
    ),
    waiting(
        "3.3d",
        "After training the spectrum has a small number of eigenvalues that have split off of the bulk and form tails, "
        "leading to a much lower spectral density at 0.",
    ),
    waiting(
        "3.3e",
        "For both types of NN we observe a large jump in the early training epochs, corresponding with the large "
        "increase in $T_c$ at these training times.",
    ),
)
ONSET = (
    waiting("3.3g", "We observe that $T_c$ now stays relatively constant for several epochs before growing."),
    waiting(
        "3.3h",
        "We observe jumps in this quantity at roughly the same times that $T_c$ begins to grow in the two NNs.",
    ),
    waiting(
        "3.3i",
        "Instead of a glassy transition at which an extensive number of TAP solutions appear, a single "
        r"$\mathbb{Z}_2$ symmetry broken solution will appear.",
    ),
    waiting(
        "3.3j",
        "if the largest eigenvalue of $M$ is greatly isolated from the rest of the spectrum it is likely that there "
        "will only be a single TAP solution for lower temperatures, potentially all the way down to $T = 0$ as in a "
        "ferromagnet.",
        ILLUSTRATION,
    ),
)
BONDS = (
    waiting(
        "3.4e",
        r"We observed that $\lambda_{\min}(R)$ hardly changed throughout the entire training process. In no case that "
        "we examined did it change by more than 1.2% of its original value.",
    ),
    waiting(
        "3.4f",
        "We see that the bulk of the spectrum maintains the same distribution but a small number of eigenvalues "
        "separate from the bulk and form tails.",
    ),
    waiting(
        "3.4g",
        "For the larger learning rate we see that the maximum eigenvalue immediately starts growing and soon behaves "
        "as a power-law.",
    ),
    waiting(
        "3.4h",
        "For the smaller learning rate we see that the maximum eigenvalue initially stays constant, but then quickly "
        "moves to a power-law growth.",
    ),
    waiting(
        "3.4i",
        "Again the changes in behavior of the largest eigenvalue of M occur at the same times as the changes in "
        "behavior of the transition temperature and the normalized first level spacing of $I_N - M$",
        f"Figure 8, to which it points, shows the largest eigenvalue of J, not of M. {RUNS}",
    ),
    waiting(
        "4a",
        "We found that, as training progresses, the transition temperature increases monotonically, exhibiting "
        "power-law growth for a time.",
    ),
)
