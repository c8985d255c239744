"""Spin glasses: replicas, stability, the large-layer edge."""
