"""Rules: one named inference a file."""
