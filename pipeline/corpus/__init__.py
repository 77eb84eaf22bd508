"""Corpora on disk: a folder with documents and corpus.csv."""

from pipeline.corpus.adding import Added, add_files
from pipeline.corpus.loading import Corpus, check_corpus, gather, list_corpus, load_corpus, with_content

__all__ = ["Added", "Corpus", "add_files", "check_corpus", "gather", "list_corpus", "load_corpus", "with_content"]
