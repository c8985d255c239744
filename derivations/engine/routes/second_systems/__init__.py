"""Other computer algebra systems, asked on request only: one module a system; their agreement is shown, not counted."""
