"""Assess a case: how urgent, what is likely and how sure, why, and what would change the advice."""

from lumbago.assessment.assess import Assessment, assess, assess_case

__all__ = ["Assessment", "assess", "assess_case"]
