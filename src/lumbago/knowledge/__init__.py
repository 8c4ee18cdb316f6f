"""Evidence as data: its files, its schema, its checks, and the arrays compiled from it."""

from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.cache import load_knowledge

__all__ = ["Knowledge", "load_knowledge"]
