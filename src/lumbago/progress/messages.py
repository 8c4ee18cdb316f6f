"""The words of an outlook: calm, without blame, and with what to do next."""

from lumbago.knowledge import load_knowledge
from lumbago.progress.change import Change
from lumbago.progress.courses import Course
from lumbago.progress.standing import Standing

__all__ = [
    "FLARE",
    "WORSE",
    "needs_review",
    "recovered_words",
    "review_words",
    "standing_words",
]

#: Pain from here on is moderate or more (bands of `nprs`); a review does not pass over it.
MODERATE = 4.0
#: How often back pain comes back (da_silva_2019); that walking keeps it away for longer is pocovi_2024.
COMES_BACK = "ds19_any"
LOW_BACK = ("nslbp_acute", "nslbp_subacute", "nslbp_chronic")

WORSE = (
    "Your pain is worse than when you began. That can happen and does not mean damage. Do a little less for "
    "a few days, but keep moving. If it is no better in a week, see your GP or a physiotherapist."
)
FLARE = (
    "You are in a flare. Flares are common and mostly settle by themselves; they seldom mean new damage. "
    "Do about half of what you did, keep moving gently, and build up again as it eases. If it has not eased "
    "in two weeks, or a danger sign comes, get help."
)


def needs_review(stands: Standing, pain: Change | None, *, set_aside: bool) -> bool:
    """Whether it is time for a review.

    That is so from the time that the course names, if the person is behind, past a usual time without
    limits, or still in moderate pain without a change for the better that matters. It is set aside once
    the pain has gone, and in a flare.
    """
    course, weeks = stands.course, stands.weeks
    if course is None or weeks is None or set_aside or weeks < course.review.weeks:
        return False
    stuck = pain is not None and pain.after >= MODERATE and not (pain.better > 0 and pain.important)
    late = course.kind == "time" and stands.verdict == "cannot_say" and stands.band is not None
    return stands.verdict == "behind" or stuck or late


def review_words(stands: Standing) -> str:
    """What to do at the time of the review."""
    review = stands.course.review if stands.course else None
    if review is None or stands.weeks is None:
        return ""
    lead = (
        "It is going more slowly than usual, and it is time to have that looked at."
        if stands.verdict == "behind"
        else "It has lasted long enough to have it looked at."
    )
    return f"{lead} {review.words}"


def standing_words(stands: Standing, *, over: bool) -> str:
    """Where the person stands and why, without blame; `over` once the pain has gone."""
    review = stands.course.review if stands.course else None
    lead = {
        "ahead": "You are ahead of what is usual.",
        "as_expected": "It is going as expected.",
        "behind": "It is going more slowly than usual so far. That says nothing against you.",
        "cannot_say": "We cannot say how this compares with others.",
    }[stands.verdict]
    early = (
        stands.verdict == "behind"
        and review is not None
        and stands.weeks is not None
        and stands.weeks < review.weeks
        and not over
    )
    later = (
        f" If it is still slow by week {review.weeks:.0f}, have it looked at."
        if early and review
        else ""
    )
    return f"{lead}{later} {stands.reasons[0]}"


def recovered_words(course: Course | None) -> str:
    """What to say once the pain has gone."""
    words = "Your pain has gone and hardly stops you. Well done for keeping at it."
    if course is None or course.topic not in LOW_BACK:
        return f"{words} Go back to all you do in steps."
    rows = {row.id: row for row in load_knowledge().care.courses}
    again = rows[COMES_BACK].value
    return (
        f"{words} Back pain comes back within a year in about {again:.0f} of 100 people. Walking and "
        "exercise keep it away for longer."
    )
