"""The way back to running as plain text: the stages with their tests, then the table of walking and running.

>>> print(next(running_lines("calf_strain")))
The way back to running: calf muscle strain
"""

from collections.abc import Iterator
from textwrap import wrap

from lumbago.care.running_data import Criterion, Injury, injury, load_running_return
from lumbago.care.running_sessions import walk_run_table

__all__ = ["running_lines"]

WIDTH = 92


def running_lines(injury_id: str, *, because: str = "") -> Iterator[str]:
    """The whole way, wrapped.

    Args:
        injury_id: An injury that has a way back (`running_data.injury`).
        because: What forbids running now; empty if nothing is known to.

    Raises:
        UnknownIdError: If there is no such injury.
    """
    found = injury(injury_id)
    title = f"The way back to running: {found.name[:1].lower()}{found.name[1:]}"
    yield title
    yield "-" * len(title)
    if because:
        yield from _indented(f"No running for now. {because}")
    yield from _indented(
        "Tests decide when to go on, not the calendar: go on when all tests of a stage are passed."
    )
    yield from _stages(found)
    yield from _table(found)
    mark = f"[{found.checked}] {found.source}; tests and numbers that no study names are judgement."
    yield from _indented(mark)


def _stages(found: Injury) -> Iterator[str]:
    criteria = {c.id: c for c in load_running_return().criteria}
    for number, stage in enumerate(found.stages, start=1):
        yield from wrap(
            f"{number}. {stage.name}. {stage.todo}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="     ",
        )
        for name in stage.to_leave:
            yield from _item(_test(criteria[name]))


def _test(criterion: Criterion) -> str:
    if criterion.at_least is None:
        return criterion.ask
    return f"{criterion.ask} At least {criterion.at_least:g}."


def _table(found: Injury) -> Iterator[str]:
    days = "a day" if found.days_between == 1 else f"{found.days_between} days"
    yield from _indented(
        f"The walk and run table: {found.sessions_each} good sessions at each step, with {days} without "
        "a run after each."
    )
    for step in walk_run_table(found.id):
        yield from _item(f"step {step.step}: {step.in_words}")
    yield from _indented(_pain(found))


def _pain(found: Injury) -> str:
    more = "go one step back" if found.pain_means == "step_back" else "stop and have it looked at"
    if not found.pain_limit:
        return f"Run only without pain. If it hurts: {more}."
    return (
        f"Pain while running may go up to {found.pain_limit:g} of 10, if it is no worse the next day. "
        f"If it is more: {more}."
    )


def _indented(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _item(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="     - ", subsequent_indent="       ")
