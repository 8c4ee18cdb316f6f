"""A plan as plain text: what to do first, then what helps, then what to expect, with the strength of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType

from lumbago.care.advice import Section
from lumbago.care.compose import Advised, MedicineNote
from lumbago.care.evidence import Strength
from lumbago.care.flare import FlarePlan
from lumbago.care.plan import Plan
from lumbago.care.running_return import RUNNING
from lumbago.care.running_text import running_lines
from lumbago.care.week_values import Week

__all__ = ["STRENGTHS", "TITLES", "Place", "plan_text"]

WIDTH = 92
MOST_QUESTIONS = 8

TITLES: Mapping[Section, str] = MappingProxyType(
    {
        "until_then": "Until you are seen",
        "not_meanwhile": "What to leave until then",
        "today": "What to do now",
        "help_now": "When to get help at once",
        "helps": "What helps",
        "treatment": "What treatment usually is",
        "not_worth": "What you can leave out",
        "medicines": "Medicines: what is known",
        "work": "Work and daily life",
        "positions": "Sleep, sitting and positions",
        "ask": "What to ask a clinician for",
        "not_ask": "What you need not ask for",
        "expect": "What to expect",
        "look_again": "When to look again",
    }
)
STRENGTHS: Mapping[Strength, str] = MappingProxyType(
    {
        "for": "guidelines or trials are for it",
        "consider": "worth considering",
        "against": "guidelines or trials are against it",
        "insufficient": "not shown to help",
        "disputed": "guidelines or trials disagree",
        "published": "from published studies",
        "teaching": "usual clinical teaching",
    }
)
#: Where the exercises stand: after what helps.
_AFTER_EXERCISES = ("treatment", "not_worth", "medicines")


@dataclass(frozen=True)
class Place:
    """Where a text is read.

    Attributes:
        more: Where the questions stand that the text leaves out.
        records: How the record behind a line is opened.
    """

    more: str
    records: str


TERMINAL = Place("see --json", "`lumbago evidence show ID` opens a record.")


def plan_text(plan: Plan, place: Place = TERMINAL, *, week: str = "Your first week") -> str:
    """The plan as text to read or to print.

    Args:
        week: Heading of the week in it.
    """
    return "\n".join(_plan_lines(plan, place, week)) + "\n"


def _plan_lines(plan: Plan, place: Place, week: str) -> Iterator[str]:
    if plan.urgent:
        yield from _get_care(plan)
        yield from _sections(plan, week)
        yield from _causes(plan)
        yield from _open_questions(
            plan, place, "If you have time, answer these; a yes may mean: go faster."
        )
    else:
        yield from _stage(plan)
        yield from _open_questions(plan, place, "Answer these first; a yes may change the plan.")
        yield from _sections(plan, week)
    yield ""
    yield from wrap(
        "Decision support, not a diagnosis. [for], [consider], [against] and so on say what guidelines "
        f"or trials hold. {place.records} Evidence version {plan.knowledge_version}.",
        WIDTH,
    )


def _get_care(plan: Plan) -> Iterator[str]:
    yield plan.headline.upper()
    yield from wrap(plan.place, WIDTH)
    yield f"When: {plan.when}."
    for reason in plan.because:
        yield from _item(reason)
    yield from ("", "Getting care comes first. There are no exercises in this plan.")


def _stage(plan: Plan) -> Iterator[str]:
    yield f"Your plan: {plan.name}"
    yield f"Stage: {plan.stage.name}."
    if not plan.stage.seen:
        yield f"How soon to be seen: {plan.headline} ({plan.when})."
    if plan.out_of_scope:
        yield from wrap(
            "This does not sound like a pain that we know of, so the plan is general.", WIDTH
        )
    yield from _causes(plan)


def _causes(plan: Plan) -> Iterator[str]:
    if not plan.out_of_scope:
        yield ""
        yield from wrap("It may be: " + "; ".join(c.name for c in plan.causes) + ".", WIDTH)
    for other in plan.others:
        share = round(100 * (other.probability or 0))
        yield from wrap(f"It may also be: {other.name} (about {share} in 100).", WIDTH)


def _open_questions(plan: Plan, place: Place, why: str) -> Iterator[str]:
    if plan.open_questions:
        yield from ("", "Safety questions still open", "---------------------------")
        yield from wrap(f"The plan is provisional. {why}", WIDTH)
    for question in plan.open_questions[:MOST_QUESTIONS]:
        yield from _item(question)
    more = len(plan.open_questions) - MOST_QUESTIONS
    if more > 0:
        yield f"    and {more} more ({place.more})"


def _sections(plan: Plan, week: str) -> Iterator[str]:
    shown_exercises = False
    for section, title in TITLES.items():
        if section in _AFTER_EXERCISES and not shown_exercises:
            yield from _exercises(plan, week)
            shown_exercises = True
        lines = plan.section(section)
        if lines:
            yield from ("", title, "-" * len(title))
            for line in lines:
                yield from _advised(line)
        if section == "medicines":
            for note in plan.medicines:
                yield from _medicine(note)
    if plan.flare:
        yield from _flare(plan.flare)
    if plan.running:
        barred = next((left.why for left in plan.left_out if left.id == RUNNING), "")
        yield ""
        yield from running_lines(plan.running, because=barred)


def _advised(line: Advised) -> Iterator[str]:
    ids = ", ".join(s.id for s in line.supports)
    yield from _item(line.text)
    for effect in line.effects:
        yield from wrap(effect, WIDTH, initial_indent="    ", subsequent_indent="    ")
    if line.disagreement:
        yield from wrap(line.disagreement, WIDTH, initial_indent="    ", subsequent_indent="    ")
    if ids:
        mark = f"[{line.strength}; {line.checked}] {ids}"
        yield from wrap(
            mark, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
        )


def _item(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _exercises(plan: Plan, week: str) -> Iterator[str]:
    if plan.exercises:
        yield from ("", "Exercises for this stage", "------------------------")
    reasons: dict[str, list[str]] = {}
    for exercise in plan.exercises:
        reasons.setdefault(exercise.why, []).append(exercise.name)
    for why, named in reasons.items():
        yield from _item(f"{'; '.join(named)} ({why})." if why else f"{'; '.join(named)}.")
    for left in plan.left_out:
        yield from _item(f"Not now: {left.name}. {left.why}")
    if plan.week:
        yield from _week(week, plan.week)


def _medicine(note: MedicineNote) -> Iterator[str]:
    yield from _item(f"About {note.name[:1].lower()}{note.name[1:]}: {note.words}")
    for warning in note.for_you:
        yield from wrap(
            f"For you: {warning}", WIDTH, initial_indent="    ! ", subsequent_indent="      "
        )
    if note.never:
        yield from _under("Not for you if", note.never)
    if note.ask:
        yield from _under("Ask a pharmacist or doctor first if", note.ask)


def _under(title: str, warnings: tuple[str, ...]) -> Iterator[str]:
    yield f"    {title}:"
    for warning in warnings:
        yield from wrap(warning, WIDTH, initial_indent="      - ", subsequent_indent="        ")


def _flare(flare: FlarePlan) -> Iterator[str]:
    yield from ("", "If it flares up", "---------------")
    for phase in flare.phases:
        yield f"  {phase.name}:"
        for line in phase.lines:
            yield from wrap(line.text, WIDTH, initial_indent="    - ", subsequent_indent="      ")
    yield "  Danger signs:"
    for sign in flare.signs:
        yield from wrap(
            f"{sign.sign}: {sign.action}",
            WIDTH,
            initial_indent="    - ",
            subsequent_indent="      ",
        )


def _week(title: str, week: Week) -> Iterator[str]:
    yield from ("", title, "-" * len(title))
    for day in week.days:
        minutes = f"{day.minutes:g} min" if day.items else "rest"
        yield f"  {day.day.capitalize()}: {minutes}"
        for item in day.items:
            yield from wrap(
                f"{item.name}: {item.in_words}",
                WIDTH,
                initial_indent="    - ",
                subsequent_indent="      ",
            )
