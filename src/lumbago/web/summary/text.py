"""The summary as plain text, to copy into a message or a record."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from lumbago.report import percent

__all__ = ["as_text"]

WIDTH = 72
FINDINGS = {
    "danger_present": "Danger signs",
    "present": "Has",
    "danger_absent": "Danger signs denied",
    "absent": "Denies",
    "unsure": "Not sure",
}


def as_text(summary: dict[str, Any]) -> str:
    """A summary in lines of at most 72 characters."""
    return "\n".join(_lines(summary)).strip() + "\n"


def _lines(s: dict[str, Any]) -> Iterator[str]:
    yield from (f"SUMMARY OF A PAIN CHECK, {s['date']}", "Decision support, not a diagnosis.", "")
    pain = f" Pain in: {s['pain_in']}." if s["pain_in"] else ""
    yield from _wrapped(f"{s['person']}.{pain}")
    yield from ("", s["advice"]["headline"].upper())
    yield from _wrapped(f"{s['advice']['place']} When: {s['advice']['time']}.")
    if s["provisional"]:
        yield from _wrapped("Provisional: some safety questions are still open.")
    if s["reasons"]:
        yield from _bullets(s["reasons"]["because"])
        yield from _bullets(f"Rule {r['id']} ({r['source']})" for r in s["reasons"]["rules"])
    if s["words"]:
        yield from ("", "IN THEIR OWN WORDS")
        for line in s["words"].splitlines():
            yield from _wrapped(line)
    if s["chart"]:
        yield from ("", "BODY CHART")
        yield from _bullets(f"{p['place']}: {p['felt']}" for p in s["chart"])
    if s["findings"]:
        yield from ("", "FINDINGS")
        for state, label in FINDINGS.items():
            if s["findings"].get(state):
                yield from _wrapped(f"{label}: {'; '.join(s['findings'][state])}.", indent="  ")
    if s["causes"]:
        yield from ("", "LIKELY CAUSES (probability, 95% interval)")
        for cause in s["causes"]:
            yield from _cause(cause)
    if s["changes"]:
        yield from ("", "WHAT WOULD CHANGE THE ADVICE")
        yield from _bullets(f"{' and '.join(c['findings'])}: {c['headline']}" for c in s["changes"])
    if s["open"]:
        yield from ("", "QUESTIONS STILL OPEN")
        yield from _bullets(s["open"])
        if s["open_more"]:
            yield f"  and {s['open_more']} more"
    share = percent(s["share_published"])
    yield ""
    yield from _wrapped(
        f"{share} of the evidence used rests on published figures. Evidence version {s['version']}."
    )


def _cause(cause: dict[str, Any]) -> Iterator[str]:
    limits = f"{percent(cause['low'])} to {percent(cause['high'])}"
    yield from _wrapped(f"{percent(cause['probability']):>4}  {cause['name']} ({limits})", "      ")
    if cause["members"]:
        yield from _wrapped(f"      may be: {'; '.join(cause['members'])}", "      ")
    for word in ("for", "against"):
        if cause[word]:
            yield from _wrapped(f"      {word}: {', '.join(cause[word])}", "      ")


def _bullets(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        yield from _wrapped(f"- {item}", "  ")


def _wrapped(words: str, indent: str = "") -> list[str]:
    return textwrap.wrap(words, WIDTH, subsequent_indent=indent, drop_whitespace=True) or [""]
