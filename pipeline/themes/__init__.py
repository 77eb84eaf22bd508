"""Themes: the codebook, the encoders and the classifier."""

from pipeline.themes.classifier import ThemeClassifier
from pipeline.themes.codebook import THEMES, Theme
from pipeline.themes.encoder import Encoder, load_encoder
from pipeline.themes.loading import Classifier, load_classifier

__all__ = ["THEMES", "Classifier", "Encoder", "Theme", "ThemeClassifier", "load_classifier", "load_encoder"]
