"""lumbago: open decision support for pain in the back, neck, leg and calf.

>>> import lumbago
>>> answer = lumbago.assess(age=40, region="calf", findings={"felt_pop_or_snap": True})
>>> answer.disposition["level"]  # doctest: +SKIP
'urgent'
"""

from lumbago.assessment import Assessment, assess
from lumbago.case import Case
from lumbago.errors import LumbagoError, UserError
from lumbago.language import understand

__all__ = ["Assessment", "Case", "LumbagoError", "UserError", "assess", "understand"]
__version__ = "0.1.0"
