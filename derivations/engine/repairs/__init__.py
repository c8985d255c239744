"""Proposals for what would make a refuted claim true. They are guesses: ``derivations.engine.repair`` verifies them."""
