"""Assess a case: how urgent, what is likely and how sure, why, and what would change the advice."""

from lumbago.assessment.assess import Assessment, assess, assess_case
from lumbago.assessment.interview import Interview

__all__ = ["Assessment", "Interview", "assess", "assess_case"]
