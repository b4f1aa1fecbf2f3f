"""Readable reference of every decoder, for the golden traces: PyTorch, no cache, no batching, nothing clever.

Written against docs/decoders, not translated from src/decode: a target always lies in one row with its source (the
training path), so that a trace also proves that the graph's cache, masks and positions say the same.
"""
