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
    "understand",
]
__version__ = "0.1.0"


def evaluate(*paths: str | Path, use: "Use" = "both") -> "Evaluation":
    """Accuracy and safety on YAML files of cases; see `lumbago.research.evaluate.evaluate`."""
    from lumbago.research.evaluate import evaluate as run  # keeps `import lumbago` light

    return run(*paths, use=use)
