"""An assessment in plain words for the terminal: what to do first, then why, then sources."""

import shutil
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lumbago.assessment import Assessment
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS

__all__ = [
    "in_words",
    "percent",
    "plain_console",
    "print_assessment",
    "print_heard",
    "print_line",
]

_COLOURS = dict(
    zip(
        DISPOSITIONS,
        ("bold white on red", "bold red", "bold yellow", "bold cyan", "bold blue", "bold green"),
        strict=True,
    )
)
MOST_SHOWN = 5


def print_assessment(answer: Assessment, text: str | None, console: Console | None = None) -> None:
    """Print an assessment to read. Colour only where there is a terminal."""
    out = console or plain_console()
    data = answer.to_dict()
    _what_to_do(out, data)
    if data["out_of_scope"]:
        print_line(
            out,
            "Your words do not tell us about pain in the neck, back, leg or calf, which is all that "
            "lumbago knows about. If you are worried, ask a clinician.",
        )
    else:
        _causes(out, data)
    print_heard(out, answer, text)
    _watch_for(out, data)
    _would_change(out, data)
    _open_questions(out, data)
    _small_print(out, data)


def plain_console() -> Console:
    """Standard output, no wider than is good to read."""
    width = min(shutil.get_terminal_size((96, 24)).columns, 96)
    return Console(highlight=False, soft_wrap=False, width=width)


def print_line(out: Console, words: str, indent: int = 0, style: str = "") -> None:
    """Print words as they are (no markup in them counts), wrapped and indented."""
    out.print(Padding(Text(words, style=style), (0, 0, 0, indent)))


def _heading(out: Console, words: str) -> None:
    out.print()
    print_line(out, words, style="bold")


def _what_to_do(out: Console, data: dict[str, Any]) -> None:
    disposition = data["disposition"]
    out.print()
    out.print(Text(f" {disposition['headline'].upper()} ", style=_COLOURS[disposition["level"]]))
    print_line(out, disposition["place"])
    print_line(out, f"When: {disposition['time']}.")
    for reason in disposition["because"]:
        print_line(out, f"- {reason}", indent=2)
    if disposition["provisional"]:
        print_line(out, "This is provisional: some safety questions are still open (see below).")
    if nothing_faster(data):
        print_line(
            out,
            "We found no reason to act faster today. That is not the same as safe: "
            "look again if anything changes.",
        )


def _causes(out: Console, data: dict[str, Any]) -> None:
    _heading(out, "What it is likely to be")
    grouped = {g["group"]: g for g in data["groups"] if len(g["members"]) > 1}
    shown: set[str] = set()
    for cause in data["differential"]:
        group = grouped.get(cause["group"] or "")
        key = cause["group"] if group else cause["condition"]
        if key in shown:
            continue
        shown.add(key)
        item = group or cause
        low, high = item["interval"]
        print_line(
            out,
            f"{percent(item['probability']):>4}  {item['name']}  ({percent(low)} to {percent(high)})",
            indent=2,
        )
        if group:
            inside = [c["name"] for c in data["differential"] if c["group"] == cause["group"]]
            print_line(out, f"may be: {'; '.join(inside)}", indent=8, style="dim")
        _reasons(out, cause)
        if len(shown) == MOST_SHOWN:
            break


def _reasons(out: Console, cause: dict[str, Any]) -> None:
    for word, key in (("for", "for"), ("against", "against")):
        if cause[key]:
            named = ", ".join(_said(r) for r in cause[key][:4])
            print_line(out, f"{word}: {named}", indent=8, style="dim")


def _said(reason: dict[str, Any]) -> str:
    return in_words(reason["finding"], reason["value"])


def nothing_faster(data: Mapping[str, Any]) -> bool:
    """Whether an assessment found no reason to act within a day, of a pain that we know."""
    disposition = data["disposition"]
    waits = DISPOSITIONS.index(disposition["level"]) > DISPOSITIONS.index("urgent")
    return waits and not disposition["rules"] and not data["out_of_scope"]


def in_words(finding_id: str, value: object) -> str:
    """A finding and its answer as they stand in a sentence, such as "no fever"."""
    finding = load_knowledge().finding(finding_id)
    if value in ("no", False):
        return _lower(finding.absent) if finding.absent else f"no {_lower(finding.name)}"
    if value in ("yes", True):
        return _lower(finding.name)
    return f"{_lower(finding.name)}: {finding.categories[str(value)]}"


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def print_heard(out: Console, answer: Assessment, text: str | None) -> None:
    """Print what was understood from a person's words, with those words."""
    from_text = [f for f in answer.findings if f["origin"] in ("text", "similar")]
    if text is None:
        return
    _heading(out, "What we understood from your words")
    if not from_text:
        print_line(out, "Nothing that we know of.", indent=2)
    for found in from_text:
        print_line(out, f'{_read_as(found)}  <- "{_flat(found["words"])}"', indent=2)
    for aside in answer.left_aside:
        name = in_words(aside["finding"], "yes")
        print_line(
            out, f'left aside, {aside["reason"]}: {name}  <- "{_flat(aside["words"])}"', indent=2
        )
    unread = "; ".join(f'"{_flat(n["words"])}"' for n in answer.not_understood)
    if unread:
        print_line(out, f"We could not use: {unread}", indent=2, style="dim")


def _read_as(found: Mapping[str, Any]) -> str:
    value = {"present": "yes", "absent": "no"}.get(found["state"], "unsure")
    if value == "unsure":
        return f"not sure: {in_words(found['finding'], 'yes')}?"
    return in_words(found["finding"], found.get("value", value))


def _flat(words: str) -> str:
    return " ".join(words.split())


def _watch_for(out: Console, data: dict[str, Any]) -> None:
    watch = data["watch_for"]
    if data["out_of_scope"] or not (watch["findings"] or watch["recheck"]):
        return
    _heading(out, "What to watch for")
    for recheck in watch["recheck"]:
        print_line(out, f"- {recheck}", indent=2)
    if watch["findings"]:
        named = ", ".join(in_words(f, "yes") for f in watch["findings"][:6])
        print_line(out, f"- Get help sooner if you notice: {named}.", indent=2)


def _would_change(out: Console, data: dict[str, Any]) -> None:
    if not data["would_change"]:
        return
    _heading(out, "What would change this advice")
    headlines = load_knowledge().disposition_by_id
    for change in data["would_change"]:
        named = " and ".join(in_words(f, v) for f, v in change["findings"].items())
        print_line(out, f"- {named}: {headlines[change['to']].headline.lower()}", indent=2)


def _open_questions(out: Console, data: dict[str, Any]) -> None:
    if not data["unresolved"]:
        return
    _heading(out, "Safety questions still open")
    for question in data["unresolved"][:8]:
        print_line(out, f"- {question['question']}  [{question['finding']}]", indent=2)
    more = len(data["unresolved"]) - 8
    if more > 0:
        print_line(out, f"and {more} more (see --json)", indent=2)
    print_line(out, "Answer with --finding ID=yes or --finding ID=no.", indent=2)


def _small_print(out: Console, data: dict[str, Any]) -> None:
    out.print()
    share = percent(data["evidence_share_published"])
    print_line(
        out,
        f"Decision support, not a diagnosis. {share} of the evidence used rests on published figures; "
        f"`lumbago evidence show ID` opens any number. Evidence version {data['knowledge_version']}.",
        style="dim",
    )


def percent(probability: float) -> str:
    """A probability as a whole percentage; "<1%" if it is less than that and not nothing."""
    return "<1%" if 0 < probability < 0.01 else f"{round(100 * probability)}%"
