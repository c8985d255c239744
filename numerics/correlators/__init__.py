"""Correlation functions of random networks, exactly and from samples."""
