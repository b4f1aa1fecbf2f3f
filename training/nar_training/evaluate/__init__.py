"""Measurements of the shipped product on the dev sets, and of other checkers beside it."""
