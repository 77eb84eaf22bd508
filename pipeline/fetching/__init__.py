"""Get public corpora: the only part of PlanLens that uses the network, and only in `planlens corpus fetch`."""

from pipeline.fetching.corpora import fetch
from pipeline.fetching.sources import Page, Source, read_sources

__all__ = ["Page", "Source", "fetch", "read_sources"]
