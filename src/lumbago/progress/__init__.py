"""How it goes: outcome measures, a diary, and where a person stands on the expected course."""

from lumbago.progress.proms import Prom, find_prom, load_proms
from lumbago.progress.scoring import PromError, Score, score

__all__ = ["Prom", "PromError", "Score", "find_prom", "load_proms", "score"]
