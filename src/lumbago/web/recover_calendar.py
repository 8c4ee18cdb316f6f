"""The week of a plan as a calendar file: one entry for each day with exercises, and one for looking again."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from lumbago.care.week_values import Day, Week

__all__ = ["as_calendar"]

#: Makes the same entry of the same day again, so that a file taken twice stands once in a calendar.
NAMES = uuid5(NAMESPACE_URL, "lumbago/calendar/1")
DAYS = 7


def as_calendar(week: Week, today: date, written: datetime) -> bytes:
    """Seven days from today on, as whole-day entries: nobody else knows when the person has time.

    Args:
        week: The week of the plan.
        today: The first day.
        written: The moment of writing, with its offset from UTC.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//lumbago//plan//EN")
    calendar.add("version", "2.0")
    for ahead in range(DAYS):
        on = today + timedelta(days=ahead)
        day = week.days[on.weekday()]
        if day.items:
            words = f"Exercises: {-(-day.minutes // 1):.0f} minutes"
            calendar.add_component(_event(on, words, _told(day), written))
    again = "How was the week? Look at your plan, and change what does not fit."
    calendar.add_component(_event(today + timedelta(days=DAYS), "Look at my plan", again, written))
    return bytes(calendar.to_ical())


def _told(day: Day) -> str:
    lines = [f"{item.name}: {item.in_words}." for item in day.items]
    return "\n".join([*lines, "", "Stop if a danger sign of your plan comes up."])


def _event(on: date, summary: str, words: str, written: datetime) -> Event:
    event = Event()
    kind = summary.partition(":")[0]  # without the minutes, which may change
    event.add("uid", f"{uuid5(NAMES, f'{on} {kind}')}@lumbago")
    event.add("dtstamp", written)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", words)
    event.add("transp", "TRANSPARENT")  # the day is not taken
    return event
