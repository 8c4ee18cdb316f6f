"""A plan as plain text for whoever reads it in a browser: nothing in it sends them to a terminal."""

import re

from lumbago.care.plan import Plan
from lumbago.care.text import plan_text
from lumbago.web.recover_flare import Flare

__all__ = ["web_text"]

#: The last paragraph of the text tells how to open a record from a terminal.
CLOSING = "Decision support, not a diagnosis."
MARKS = (
    "[for], [consider], [against] and so on say what guidelines or trials hold.\n"
    "The page of this plan opens each study: choose “Why we say so”."
)
MORE = re.compile(r"and (\d+) more \(see --json\)")


def web_text(plan: Plan, flare: Flare | None = None) -> str:
    """The text of a plan.

    Args:
        plan: The plan, with the week that holds today.
        flare: The flare for which that week is an easier one, if it is.
    """
    text = MORE.sub(r"and \1 more, on the pages of your check", plan_text(plan))
    body, _, _ = text.rpartition(CLOSING)
    eased = "" if flare is None else f"{_eased(flare)}\n\n"
    week = body if plan.week is None else body.replace(*_heading(plan.week.number, flare))
    return f"{eased}{week}{CLOSING}\n{MARKS}\nEvidence version {plan.knowledge_version}.\n"


def _eased(flare: Flare) -> str:
    return (
        f"It has flared up: your week is {flare.share} of the usual one.\n"
        f"Your usual week comes back on {flare.usual:%-d %B %Y}."
    )


def _heading(number: int, flare: Flare | None) -> tuple[str, str]:
    """The heading of the week in the text of any plan, and the one for this week."""
    before, after = "Your first week", "Your first week" if number == 1 else f"Week {number}"
    after += "" if flare is None else f", {flare.share} of it"
    return f"{before}\n{'-' * len(before)}", f"{after}\n{'-' * len(after)}"
