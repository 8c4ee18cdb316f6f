"""An interview in the terminal: one question at a time, with back, why, and stop-and-resume."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_state_path
from rich.console import Console

from lumbago.assessment import Interview
from lumbago.assessment.interview import Reply
from lumbago.assessment.questions import Page, Question
from lumbago.errors import CaseError, UserError
from lumbago.report import print_assessment, print_heard, print_line

__all__ = ["converse", "default_save_path", "load", "save"]

KEYS = {"y": True, "yes": True, "n": False, "no": False}
UNKNOWN = {"", "?", "d", "don't know", "dont know", "s", "skip"}
REST_NO = "no to the rest"
HELP = "y yes, n no, Enter don't know; 0 no to the rest of the page; w why, b back, q save and stop"


class _BackError(Exception):
    """The person wants the page before."""


class _QuitError(Exception):
    """The person wants to stop and keep the answers."""


def default_save_path() -> Path:
    """Where an interview is kept when nothing else is said."""
    return user_state_path("lumbago") / "interview.json"


def save(interview: Interview, path: Path) -> None:
    """Keep an interview, readable by its owner alone.

    Raises:
        CaseError: If the file cannot be written.
    """
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600)
        part.write_text(json.dumps(interview.to_dict(), indent=1), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise CaseError(f"{path}: cannot be written: {error.strerror}") from None


def load(path: Path) -> Interview:
    """An interview that was kept.

    Raises:
        CaseError: If there is none, or the file is not a saved interview.
    """
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CaseError(
            f"{path}: there is no saved interview to go on with ({error.strerror})"
        ) from None
    except ValueError:
        raise CaseError(f"{path}: this is not a saved interview: it is not JSON") from None
    if not isinstance(saved, dict):
        raise CaseError(f"{path}: this is not a saved interview")
    return Interview.from_dict(saved)


def converse(
    interview: Interview, path: Path, ask: Callable[[str], str], out: Console
) -> Interview | None:
    """Hold the interview and print its assessment.

    Args:
        path: Where to keep the interview if the person stops.
        ask: Shows a prompt and returns what was typed.

    Returns:
        The finished interview, or None if the person stopped.
    """
    print_line(out, HELP, style="dim")
    print_heard(out, interview.assessment(), interview.text)
    warned = interview.alarm()
    if warned is not None and _stop_here(warned, ask, out):
        return _finish(interview, path, out)
    while (page := interview.ask()) is not None:
        try:
            interview, stop = _put(interview, page, ask, out)
        except _BackError:
            interview = interview.back()
            continue
        except (_QuitError, EOFError, KeyboardInterrupt):
            save(interview, path)
            out.print(f"\nKept. Go on with: lumbago interview --resume {path}", soft_wrap=True)
            return None
        if stop:
            break
    return _finish(interview, path, out)


def _finish(interview: Interview, path: Path, out: Console) -> Interview:
    path.unlink(missing_ok=True)
    print_assessment(interview.assessment(), interview.text, out)
    return interview


def _put(
    interview: Interview, page: Page, ask: Callable[[str], str], out: Console
) -> tuple[Interview, bool]:
    """The interview after one page, and whether an alarm ends it."""
    out.print()
    print_line(out, page.title, style="bold")
    warned = interview.alarm()
    answered = interview
    replies: dict[str, Reply] = {}
    for question in page.questions:
        reply = _reply(question, ask, out)
        if reply is REST_NO:
            left = [q.id for q in page.questions if q.kind == "yes_no" and q.id not in replies]
            return interview.answer(replies | dict.fromkeys(left, False)), False
        replies[question.id] = reply
        answered = interview.answer(replies)
        alarm = answered.alarm()
        if alarm is not None and alarm != warned:
            if _stop_here(alarm, ask, out):
                return answered, True
            warned = alarm
    return answered, False


def _stop_here(alarm: Mapping[str, Any], ask: Callable[[str], str], out: Console) -> bool:
    """Show what to do at once; whether the person leaves it at that."""
    out.print()
    print_line(out, f" {alarm['headline'].upper()} ", style="bold white on red")
    print_line(out, alarm["place"])
    for reason in alarm["because"]:
        print_line(out, f"- {reason}")
    return ask("Please do this now. Answer more questions anyway? [y/N] ").strip().lower() not in (
        "y",
        "yes",
    )


def _reply(question: Question, ask: Callable[[str], str], out: Console) -> Reply:
    """One answer; `REST_NO` says no to this question and the rest of its page."""
    print_line(out, question.question, indent=2)
    if question.words is not None:
        print_line(out, f"You wrote: {question.words}", indent=4, style="dim")
    if question.who != "person":
        hint = "Somebody has to help you with this one; Enter skips it."
        print_line(out, hint, indent=4, style="dim")
    for number, words in enumerate(question.choices.values(), start=1):
        print_line(out, f"{number} {words}", indent=4)
    while True:
        typed = ask("  > ").strip().lower()
        if typed == "w":
            print_line(out, question.why, indent=4, style="dim")
            continue
        if typed in ("b", "q"):
            raise _BackError if typed == "b" else _QuitError
        try:
            return _parsed(question, typed)
        except UserError as error:
            print_line(out, str(error), indent=4)


def _parsed(question: Question, typed: str) -> Reply:
    if typed in UNKNOWN:
        return None
    if typed == "0" and question.kind == "yes_no":
        return REST_NO
    if question.kind == "yes_no":
        if typed not in KEYS:
            raise CaseError(f"type {HELP}")
        return KEYS[typed]
    if question.kind == "number":
        if not typed.isdigit() or int(typed) > 120:
            raise CaseError("type whole years from 0 to 120, for example 42")
        return int(typed)
    keys = list(question.choices)
    chosen = [part for part in typed.replace(",", " ").split() if part]
    if not all(part.isdigit() and 1 <= int(part) <= len(keys) for part in chosen):
        raise CaseError(f"type a number from 1 to {len(keys)}")
    picked = [keys[int(part) - 1] for part in chosen]
    if question.kind == "choices":
        return picked
    if len(picked) > 1:
        raise CaseError(f"type one number from 1 to {len(keys)}")
    return picked[0]
