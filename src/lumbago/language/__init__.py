"""A person's own words to findings, each with the words that said so."""

from lumbago.language.understand import Mention, Understanding, understand

__all__ = ["Mention", "Understanding", "understand"]
