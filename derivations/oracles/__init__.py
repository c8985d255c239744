"""Brute force from definitions: plain numbers in and out, and nothing of ours imported."""
