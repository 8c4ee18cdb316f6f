"""Ages, sexes, durations and pain scores in free text."""

import re
from typing import Literal

__all__ = ["Found", "age_in", "duration_in", "severity_in", "sex_in"]

#: A value with the span of the words that gave it.
Found = tuple[str, tuple[int, int]]

_NUMBERS = {
    word: number
    for number, words in enumerate(
        [
            "zero",
            "one a an",
            "two couple",
            "three few",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
    for word in words.split()
}
_COUNT = rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})(?:\s+of)?"

_AGE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(\d{1,3})[\s-]*(?:years?|yrs?|y)[\s-]*(?:old|o\b|of age)",
        r"\b(\d{1,3})\s*y/?o\b",
        r"\b(?:aged?|age is|age:)\s*(\d{1,3})\b",
        r"\b(\d{1,3})\s*(?:M|F|male|female|man|woman|lady|gentleman|boy|girl)\b",
        r"\b(?:i am|i'?m|he is|she is|he'?s|she'?s|just turned|nearly)\s+(?:a\s+)?(\d{1,3})\b"
        r"(?!\s*(?:/|%|st\b|kg|lb|cm|weeks?|months?|days?|hours?|mins?|minutes?|miles?|km|k\b|metres?))",
    )
]
_MALE = re.compile(
    r"\b\d{1,3}\s*(?:yo?\s*)?M\b|\b(?i:male|man|gentleman|boy|husband is|my son|mr)\b"
    r"|\b(?i:he|his)\b(?=.{0,80}\b(?i:pain|back|leg|neck|calf)\b)"
)
_FEMALE = re.compile(
    r"\b\d{1,3}\s*(?:yo?\s*)?F\b|\b(?i:female|woman|lady|girl|my daughter|mrs|ms)\b"
    r"|\b(?i:i'?m|i am|am)\s+(?:\w+\s+){0,3}(?i:pregnant)\b"
    r"|\b(?i:my periods?|after giving birth|menopause)\b"
    r"|\b(?i:she|her)\b(?=.{0,80}\b(?i:pain|back|leg|neck|calf)\b)"
)
_UNIT_DAYS = {
    "hour": 1 / 24,
    "hr": 1 / 24,
    "day": 1,
    "night": 1,
    "week": 7,
    "wk": 7,
    "month": 30,
    "year": 365,
    "yr": 365,
}
_SPAN = re.compile(
    rf"\b(?:for|over|past|last|since|these|about|around|nearly|almost|over|x|started|began|came on)\s+"
    rf"(?:the\s+)?(?:past\s+|last\s+|about\s+|around\s+|nearly\s+|almost\s+|over\s+)*{_COUNT}\s*"
    rf"(hour|hr|day|night|week|wk|month|year|yr)s?\b(?!\s+old)",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"\b{_COUNT}\s*(hour|hr|day|night|week|wk|month|year|yr)s?\s+"
    rf"(?:ago|history|duration|now\b|of (?:\w+\s+){{0,4}}(?:pain|ache|numbness|back))",
    re.IGNORECASE,
)
_SHORTHAND = re.compile(r"\b(\d+)/(7|52|12)\b")
_SHORTHAND_DAYS = {"7": 1, "52": 7, "12": 30}
_RECENT = re.compile(
    r"\b(?:since|from|started|began|came on|happened|woke up|it was)\s+(?:on\s+|early\s+|late\s+|this\s+)*"
    r"(?:yesterday|today|this morning|last night|morning|tonight"
    r"|(?:last\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:the\s+)?weekend)\b|\b(?:yesterday|this morning|last night|an hour ago|just now)\b"
    r"|\b(?:on|last)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\b(?:for|over|past|several|many)\s+(?:the\s+past\s+|many\s+|several\s+|some\s+)*(?:months|years)\b"
    r"|\bchronic\b|\blong[\s-]standing\b|\bfor ages\b",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\b(10|\d)(?:\.\d)?\s*(?:/|out of)\s*10\b(?!\d)", re.IGNORECASE)


def age_in(text: str) -> int | None:
    """Age in whole years that the text gives for the person, 1 to 120."""
    for pattern in _AGE:
        for match in pattern.finditer(text):
            if 1 <= int(match[1]) <= 120:
                return int(match[1])
    return None


def sex_in(text: str) -> Literal["female", "male"] | None:
    """Sex that the text gives; None if it gives neither or both."""
    female, male = bool(_FEMALE.search(text)), bool(_MALE.search(text))
    if female == male:
        return None
    return "female" if female else "male"


def duration_in(text: str) -> Found | None:
    """How long it has lasted, as a category of the finding `duration`.

    What is said first counts: people open with how long they have had it ("8/52 leg pain", "for two
    weeks") and come to earlier illnesses later. "Two years ago" counts only if nothing else is said.
    """
    lengths = [(m.start(), _days(m), m.span()) for m in _SPAN.finditer(text)]
    for match in _SHORTHAND.finditer(text):
        days = int(match[1]) * _SHORTHAND_DAYS[match[2]]
        lengths.append((match.start(), float(days), match.span()))
    lengths = lengths or [(m.start(), _days(m), m.span()) for m in _AGO.finditer(text)]
    for pattern, rough_days in ((_RECENT, 2.0), (_LONG, 200.0)):
        if not lengths and (rough := pattern.search(text)):
            lengths = [(rough.start(), rough_days, rough.span())]
    if not lengths:
        return None
    _, length, span = min(lengths)
    return duration_category(length), span


def _days(match: re.Match[str]) -> float:
    return _number(match[1]) * _UNIT_DAYS[match[2].lower()]


def duration_category(days: float) -> str:
    """Category of the finding `duration` for a length in days."""
    if days <= 7:
        return "under_1_week"
    if days <= 42:
        return "weeks_1_to_6"
    if days < 84:
        return "weeks_6_to_12"
    return "over_12_weeks"


def severity_in(text: str) -> Found | None:
    """Pain out of ten, as a category of the finding `pain_severity`; the worst if several."""
    scores = [(int(m[1]), m.span()) for m in _SCORE.finditer(text)]
    if not scores:
        return None
    score, span = max(scores)
    return ("mild" if score < 4 else "moderate" if score < 7 else "severe"), span


def _number(word: str) -> float:
    return float(_NUMBERS.get(word.lower(), 0) or word) if word.lower() in _NUMBERS else float(word)
