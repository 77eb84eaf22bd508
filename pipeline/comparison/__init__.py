"""Comparison of documents: theme shares, divergence, indicators, alignment, reuse.

Pure functions on frames and arrays. Every random number comes from a seed that the caller gives.
"""
