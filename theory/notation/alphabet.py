"""The characters beyond ASCII that are read, and as what; all others are refused where they stand."""

from __future__ import annotations

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
    "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
"""Letters that look like a Latin one (omicron, iota, upsilon, capital Alpha) are left out on purpose."""

SIGNS = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "−": "-", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->",
    "…": "..", "′": "'", "√": "√", "∪": "∪",
}  # fmt: skip
WORDS = {"∞": "oo", "∈": "in", "ℝ": "reals", "ℤ": "integers", "∧": "and"}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))

REMEDIES = {
    "∑": "write sum(k, 1, n, term)", "∏": "write prod(k, 1, n, factor)", "∫": "write integral(x, a, b, integrand)",
    "∂": "write diff(f, x)", "∇": "write the components with diff", "±": "write one formula for each sign",
    "≈": "write = with a remainder, as in f = g + O(x^3)", "~": "write = with a remainder, as in f = g + O(x^3)",
    "∼": "write = with a remainder, as in f = g + O(x^3)", "≡": "write =", "–": "write the minus sign -",
    "—": "write the minus sign -", "‐": "write the minus sign -", "\u2011": "write the minus sign -",
    "ϕ": "write phi", "ϵ": "write epsilon", "ϑ": "write theta", "µ": "write mu", "∆": "write Delta",
    "ℕ": "write 0..oo or 1..oo", "ℂ": "write z = x + i*y with x and y real", "⟨": "write mean(z, expression)",
    "½": "write 1/2", "¼": "write 1/4", "¾": "write 3/4", "ℓ": "write l", "\xa0": "write an ordinary space",
    "\\": "LaTeX is not read: write sqrt(x), beta, a/b", "$": "write the formula without dollar signs",
    "%": "write a ratio such as 1/100", '"': "write the formula without quotation marks inside",
    "_": "a name begins with a letter", "#": "comments are only read in files", ":": "write =",
    "&": "write and", "?": "write the formula in full",
}  # fmt: skip
"""What to do about characters that people do write."""
