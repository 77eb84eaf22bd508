"""Comparison of documents: theme shares, divergence, indicators, changes, alignment, reuse, map, keywords.

Pure functions on frames and arrays. Every random number comes from a seed that the caller gives.
"""
