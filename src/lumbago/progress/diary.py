"""A diary of recovery: values that are only ever added to, and that join without loss.

Everything in a diary is a value that stands for itself: two copies that went separate ways join by
putting their values together, and a correction is a new value that names the one it replaces. A moment
and a name for the day come in as arguments; nothing here reads a clock.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec

from lumbago.case import REGIONS, Case, Region, Sex
from lumbago.errors import UserError
from lumbago.knowledge import load_knowledge
from lumbago.progress.courses import find_course
from lumbago.progress.proms import find_prom
from lumbago.progress.scoring import score

__all__ = ["SCHEMA", "About", "Answered", "CheckIn", "Diary", "DiaryError", "read_diary"]

SCHEMA = "lumbago/diary/1"
Rating = Annotated[int, msgspec.Meta(ge=0, le=10)]
#: With its offset from UTC, so that copies written in different places order their values alike.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
RATINGS = ("pain", "stops", "pain_during", "pain_after", "effort")


class DiaryError(UserError):
    """A check-in that cannot be, or a file that is no diary."""


class _Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A value of a diary; `at` is the moment it was written, which also orders values."""

    at: Moment

    @cached_property
    def key(self) -> str:
        """A short digest of the value, the same for the same value anywhere."""
        text = type(self).__name__.encode() + msgspec.json.encode(self)
        return hashlib.sha256(text).hexdigest()[:12]


class About(_Value, frozen=True):
    """What is tracked, and what was known of the person when it was written; the latest counts.

    Attributes:
        began: Day on which the pain began.
        condition: The likeliest cause, if one is known.
        course: Expected course to compare with; chosen from the condition if left out.
        findings: Answers of the last assessment, finding to "yes", "no" or a category.
        assessed: When danger signs were last judged: by the questions gone through again, or a clinician. Signs
            ticked after it are new; a value without it takes nothing back.
    """

    began: date
    condition: str | None = None
    course: str | None = None
    age: int | None = None
    sex: Sex | None = None
    regions: tuple[Region, ...] = ()
    findings: Mapping[str, str] = msgspec.field(default_factory=dict)
    assessed: Moment | None = None

    @property
    def case(self) -> Case:
        """The case behind it.

        Danger signs are judged by where it hurts: if that was not said, it is where the condition hurts, and
        if that is not known either, it may be anywhere.

        Raises:
            CaseError: If the age or another value cannot be.
        """
        return Case(self.age, self.sex, "public", self._regions, dict(self.findings))

    @property
    def _regions(self) -> tuple[Region, ...]:
        condition = load_knowledge().condition_by_id.get(self.condition or "")
        known = condition.regions if condition else REGIONS
        return self.regions or tuple(r for r in get_args(Region) if r in known)


class CheckIn(_Value, frozen=True):
    """How one day was: pain and how much it stops one, each from 0 to 10, and what else there is to say.

    Attributes:
        stops: How much the pain stops the person, 0 (not at all) to 10 (completely).
        done: What the person did, in their words.
        exercises: Exercises done.
        pain_during: Pain while exercising, `pain_after` the worst within a day after, `effort` how hard it was.
        danger_signs: Danger signs noticed since the last check-in, as finding ids.
        replaces: Key of an earlier check-in that this one corrects.
    """

    day: date
    pain: Rating
    stops: Rating
    done: str = ""
    exercises: tuple[str, ...] = ()
    pain_during: Rating | None = None
    pain_after: Rating | None = None
    effort: Rating | None = None
    medicines: tuple[str, ...] = ()
    notes: str = ""
    flare: bool = False
    danger_signs: tuple[str, ...] = ()
    replaces: str = ""


class Answered(_Value, frozen=True):
    """A questionnaire that was filled in, with its score."""

    day: date
    prom: str
    value: float
    answers: Mapping[str, float] = msgspec.field(default_factory=dict)


V = TypeVar("V", bound=_Value)


class Diary(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Everything that was written down, oldest first, without repeats."""

    schema: Literal["lumbago/diary/1"] = "lumbago/diary/1"
    abouts: tuple[About, ...] = ()
    written: tuple[CheckIn, ...] = ()
    answered: tuple[Answered, ...] = ()

    @property
    def about(self) -> About | None:
        """What is tracked now: the latest that was said of it."""
        return self.abouts[-1] if self.abouts else None

    @property
    def assessed(self) -> datetime | None:
        """When danger signs were last judged; None if never."""
        return max((a.assessed for a in self.abouts if a.assessed is not None), default=None)

    @cached_property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """Check-ins that were not corrected by a later one, by day."""
        replaced = {c.replaces for c in self.written}
        return tuple(
            sorted((c for c in self.written if c.key not in replaced), key=lambda c: (c.day, c.at))
        )

    def scores(self, prom: str) -> tuple[Answered, ...]:
        """Scores of one questionnaire, by day."""
        return tuple(
            sorted((a for a in self.answered if a.prom == prom), key=lambda a: (a.day, a.at))
        )

    def starting(self, about: About) -> "Diary":
        """With what is tracked set, or set anew (as after another assessment).

        Raises:
            UserError: If a finding, a condition, a course or another value does not exist.
        """
        about.case  # noqa: B018  building it refuses an age that cannot be
        _known_findings(about.findings)
        if about.condition is not None and about.condition not in load_knowledge().condition_by_id:
            raise DiaryError(f"there is no condition {about.condition!r} in the evidence")
        if about.course is not None:
            find_course(about.course)
        if about.began > about.at.date() + timedelta(days=1):
            raise DiaryError(f"the pain cannot have begun on {about.began}, which is still to come")
        return msgspec.structs.replace(self, abouts=_joined(self.abouts, (about,)))

    def adding(self, check_in: CheckIn) -> "Diary":
        """With one more check-in.

        Raises:
            DiaryError: If a rating is not from 0 to 10, a danger sign is unknown, or the day is in the future.
        """
        _checked(check_in)
        known = {c.key for c in self.written}
        if check_in.replaces and check_in.replaces not in known:
            raise DiaryError(f"there is no check-in {check_in.replaces} to correct")
        _known_findings(dict.fromkeys(check_in.danger_signs, "yes"))
        return msgspec.structs.replace(self, written=_joined(self.written, (check_in,)))

    def answering(
        self, prom: str, answers: Mapping[str, Any], *, day: date, at: datetime
    ) -> "Diary":
        """With a questionnaire scored and added.

        Raises:
            PromError: If an answer cannot be.
        """
        found = score(prom, answers)
        given = {k: float(v) for k, v in answers.items() if v is not None}
        answer = Answered(at=at, day=day, prom=found.prom.id, value=found.value, answers=given)
        return msgspec.structs.replace(self, answered=_joined(self.answered, (answer,)))

    def joined(self, other: "Diary") -> "Diary":
        """Both copies together: nothing is lost, and nothing comes twice."""
        return Diary(
            abouts=_joined(self.abouts, other.abouts),
            written=_joined(self.written, other.written),
            answered=_joined(self.answered, other.answered),
        )

    def to_json(self) -> bytes:
        """The diary as readable JSON, which `read_diary` turns back into the same diary."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def read_diary(content: bytes, where: str = "the diary") -> Diary:
    """A diary from its JSON.

    Raises:
        DiaryError: If it is not one; the message says where in it.
    """
    try:
        diary = msgspec.json.decode(content, type=Diary)
    except msgspec.DecodeError as error:
        raise DiaryError(f"{where} is not a diary ({SCHEMA}): {error}") from None
    for answer in diary.answered:
        find_prom(answer.prom)
    # Whoever edited the file by hand may have left values out of order.
    return Diary().joined(diary)


def _joined(some: Iterable[V], others: Iterable[V]) -> tuple[V, ...]:
    by_key = {value.key: value for value in (*some, *others)}
    return tuple(sorted(by_key.values(), key=lambda value: (value.at, value.key)))


def _checked(check_in: CheckIn) -> None:
    """Hold a value that was made in code to what its file would be held to."""
    for name in RATINGS:
        value = getattr(check_in, name)
        whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10
        if not whole and not (value is None and name not in ("pain", "stops")):
            plain = name.replace("_", " ")
            raise DiaryError(f"{plain} must be a whole number from 0 to 10; got {value!r}")
    try:
        msgspec.convert(msgspec.to_builtins(check_in), CheckIn)
    except msgspec.ValidationError as error:
        raise DiaryError(f"the check-in cannot be kept: {error}") from None
    # Where the sun is already up the day may be ahead of the one in UTC.
    if check_in.day > check_in.at.date() + timedelta(days=1):
        raise DiaryError(
            f"the check-in is for {check_in.day}, which is still to come; "
            f"it was written on {check_in.at.date()}"
        )


def _known_findings(findings: Mapping[str, str]) -> None:
    knowledge = load_knowledge()
    for name, value in findings.items():
        allowed = knowledge.finding(name).values
        if value not in allowed:
            raise DiaryError(f"{name} can be {', '.join(allowed)}; got {value!r}")
