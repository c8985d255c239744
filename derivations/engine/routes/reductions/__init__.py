"""Kinds of statements as equations: what each says, written so that the routes can examine it."""
