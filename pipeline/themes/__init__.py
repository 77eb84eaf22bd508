"""Themes: the codebook, the encoders and the classifier."""

from pipeline.themes.classifier import ThemeClassifier, load_classifier
from pipeline.themes.codebook import THEMES, Theme
from pipeline.themes.encoder import Encoder, load_encoder

__all__ = ["THEMES", "Encoder", "Theme", "ThemeClassifier", "load_classifier", "load_encoder"]
