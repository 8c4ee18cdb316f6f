"""Filters of the templates."""

from collections.abc import Iterator

from django import template
from django.utils.safestring import SafeString, mark_safe

from lumbago.report import percent

__all__ = ["register"]

register = template.Library()
register.filter("percent", percent)

STEPS = (
    ("you", "You"),
    ("where", "Where"),
    ("words", "Your words"),
    ("questions", "Questions"),
    ("answers", "Check"),
    ("result", "Result"),
)


@register.filter
def drawn(svg: str) -> SafeString:
    """An SVG that this product has drawn itself; its labels are escaped where it is made."""
    return mark_safe(svg)


@register.filter
def exact(figure: float) -> str:
    """A figure for a machine to read, every digit of it."""
    return repr(float(figure))


@register.filter
def plainly(value: object) -> str:
    """A stored value for reading: words as they are, lists and objects line by line."""
    if isinstance(value, dict):
        return "\n".join(f"{spaced(str(name))}: {plainly(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "\n".join(plainly(part) for part in value)
    if value is None or isinstance(value, bool):
        return "not said" if value is None else "yes" if value else "no"
    return str(value)


@register.filter
def spaced(name: str) -> str:
    """The id of a record as words."""
    return name.replace("_", " ")


@register.filter
def steps(now: str) -> Iterator[tuple[str, str, str]]:
    """The steps of a check with id, label, and whether each is done, now or still to come."""
    state = "done"
    for step, label in STEPS:
        state = "now" if step == now else "" if state != "done" else state
        yield step, label, state
