"""lumbago: open decision support for pain in the back, neck, leg and calf.

>>> import lumbago
>>> answer = lumbago.assess(age=40, region="calf", findings={"felt_pop_or_snap": True})
>>> answer.disposition["level"]  # doctest: +SKIP
'urgent'
"""

from pathlib import Path
from typing import TYPE_CHECKING

from lumbago.anatomy import Drawing
from lumbago.assessment import Assessment, Interview, assess
from lumbago.case import Case
from lumbago.errors import LumbagoError, UserError
from lumbago.language import understand

if TYPE_CHECKING:
    from lumbago.care.plan import Plan
    from lumbago.care.preferences import Preferences
    from lumbago.research.evaluate import Evaluation, Use

__all__ = [
    "Assessment",
    "Case",
    "Drawing",
    "Interview",
    "LumbagoError",
    "UserError",
    "assess",
    "evaluate",
    "plan",
    "understand",
]
__version__ = "0.1.0"


def plan(
    assessment: Assessment, preferences: "Preferences | None" = None, *, seen: bool = False
) -> "Plan":
    """What to do now, for an assessed person; see `lumbago.care.plan.plan`.

    Args:
        assessment: The answer of `assess` or of an interview.
        preferences: What a week of exercises has to fit (`lumbago.care.preferences.Preferences`); without
            them the plan has no week.
        seen: Whether a clinician has looked at this pain.
    """
    from lumbago.care.plan import plan as made  # keeps `import lumbago` light

    return made(assessment, preferences, seen=seen)


def evaluate(*paths: str | Path, use: "Use" = "both") -> "Evaluation":
    """Accuracy and safety on YAML files of cases; see `lumbago.research.evaluate.evaluate`."""
    from lumbago.research.evaluate import evaluate as run  # keeps `import lumbago` light

    return run(*paths, use=use)
