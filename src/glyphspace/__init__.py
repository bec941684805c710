"""Glyphspace: small generative adversarial networks on handwritten characters, on an ordinary CPU."""

__version__ = "0.1.0"
