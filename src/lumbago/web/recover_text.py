"""A plan as plain text for whoever reads it in a browser: nothing in it sends them to a terminal."""

from lumbago.care.plan import Plan
from lumbago.care.text import Place, plan_text
from lumbago.web.recover_flare import Flare

__all__ = ["web_text"]

BROWSER = Place(
    "on the pages of your check",
    "The page of this plan opens each study: choose “Why we say so”.",
)


def web_text(plan: Plan, flare: Flare | None = None) -> str:
    """The text of a plan.

    Args:
        plan: The plan, with the week that holds today.
        flare: The flare for which that week is an easier one, if it is.
    """
    number = 1 if plan.week is None else plan.week.number
    week = "Your first week" if number == 1 else f"Week {number}"
    if flare is None:
        return plan_text(plan, BROWSER, week=week)
    eased = (
        f"It has flared up: your week is {flare.share} of the usual one.\n"
        f"Your usual week comes back on {flare.usual:%-d %B %Y}.\n\n"
    )
    return eased + plan_text(plan, BROWSER, week=f"{week}, {flare.share} of it")
