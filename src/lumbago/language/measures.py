"""Ages, sexes, durations and pain scores in free text."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

__all__ = ["Found", "age_in", "durations_in", "severity_in", "sex_in"]

#: A value with the span of the words that gave it.
Found = tuple[str, tuple[int, int]]

_SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = dict(zip(_SMALL, range(20), strict=True)) | dict(
    zip(_TENS, range(20, 100, 10), strict=True)
)
_WORDS |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4}
_TENS_AND = rf"(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_SMALL[1:10])}))?"
_WHOLE = rf"(?:\d{{1,3}}|{_TENS_AND}|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_COUNT = (
    rf"(?P<count>\d+(?:\.\d+)?|{_TENS_AND}|{'|'.join(sorted(_SMALL, key=len, reverse=True))}|half an?|an?|"
    r"(?:a\s+)?couple|(?:a\s+)?few|several)(?:\s+of)?(?P<half>\s+and\s+(?:a\s+)?half|½)?"
)
_UNIT = (
    r"(?P<unit>minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|mths?|mnths?|mos?|years?|yrs?)"
    r"\b(?P<more>\s+and\s+(?:a\s+)?half)?"
)
_DAYS = {"h": 1 / 24, "d": 1, "n": 1, "w": 7, "f": 14, "m": 30, "y": 365}

_LENGTH = re.compile(
    rf"(?P<lead>\b(?:for|over|past|last|since|these|nearly|almost|going on|about|around|some|"
    rf"already|x|roughly|from|"
    rf"near enough|nearly|now|been|pain|ache|lbp)\s+(?:the\s+|past\s+|last\s+|about\s+|around\s+|"
    rf"nearly\s+|a good\s+|"
    rf"almost\s+|over\s+|going on\s+|least\s+)*)?\b{_COUNT}[\s-]*{_UNIT}"
    r"(?P<tail>\s+(?:ago|before now|back|now|in\b|hx|history|duration|of\b|on\b|with\b|since\b|i've|i have|"
    r"[lr]\b)|['’])?",
    re.IGNORECASE,
)
#: "Eight hours" by itself may be a shift, "three days" a trip.
_BARE = re.compile(rf"{_COUNT}[\s-]*(?:h(?:ou)?rs?|days?|nights?|min\w*)", re.IGNORECASE)
_SHORTHAND = re.compile(r"\b(?P<count>\d+)/(?P<unit>7|52|12)\b")
_SHORTHAND_DAYS = {"7": 1.0, "52": 7.0, "12": 30.0}
_RECENT = re.compile(
    r"\b(?:yesterday|yest|ystrdy|yday|today|this (?:morning|mornin|afternoon|evening)|tonight|"
    r"last (?:night|nite|evening)|an hour ago|just now|(?:the |this |at the )?weekend|since midnight|"
    r"(?:last )?(?:mon|tues?|wed(?:ne)?s?|thurs?|fri?)(?:day)?|(?:last )?(?:satur|"
    r"sun)day)\b(?!\s+(?:to|league|roast|school))",
    re.IGNORECASE,
)
#: "This last fortnight", "the past month".
_LATELY = re.compile(
    r"\b(?:this|the|these|for the|over the|in the) (?:last|past) (?P<unit>day|week|fortnight|month|year)\b",
    re.IGNORECASE,
)
#: "Sunday week", "a week last Friday", "the week before last".
_WEEK_AGO = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day week\b|\bweek before last\b|"
    r"\b(?:a |1 )?week (?:ago )?(?:last|on|past|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
#: "Day 3", "this is only day three".
_DAY_NUMBER = re.compile(rf"\bday (?P<count>\d{{1,2}}|{'|'.join(_SMALL[1:15])})\b", re.IGNORECASE)
_LONG = re.compile(
    r"\b(?:for|over|past|several|many|these)\s+(?:the\s+past\s+|many\s+|several\s+|"
    r"some\s+)*(?:months|years|yrs)\b"
    r"|\bchronic\b|\blong[\s-]?standing\b|\bfor ages\b|\b(?:since|from)\s+(?:19|20)\d\d\b|\byears of\b"
    r"|\bsince (?:i was|childhood|my (?:twenties|thirties|forties)|last (?:year|spring|summer|"
    r"autumn|winter))\b",
    re.IGNORECASE,
)
#: A length counts for the spell of pain where its sentence speaks of pain or of its start.
_ABOUT_PAIN = re.compile(
    r"\b(?:pains?|painful|paining|ach\w*|hurt\w*|sore\w*|stiff\w*|start\w*|began|begun|came on|"
    r"come on|since|been|trouble|"
    r"problems?|flare\w*|sciatica|numb\w*|swollen|swelling|tingl\w*|lbp|symptoms?|went|gave|woke|"
    r"felt|had this|got)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:()]\s|\s-+\s|\b(?:but|and then|although|though|whereas|while)\b|"
    r"\band (?=(?:my|the|it|his|her|i|i'm|i've|now|then)\b)",
    re.IGNORECASE,
)
_THIS_SPELL = re.compile(
    r"\bthis (?:time|episode|bout|attack|flare|spell|one)\b|\bthe latest\b|\bstarted\b|\bbegan\b|"
    r"\bcame on\b|\bonset\b",
    re.IGNORECASE,
)
_PREGNANT = re.compile(r"\bpregnan|\bexpecting\b|\bg\d+ ?p\d|\bgestation", re.IGNORECASE)
#: Hours are the length of a pain only if nothing longer is named.
_DAY = 0.9
_SOMEBODY = re.compile(
    r"\b(?:friend|mate|neighbour|wife|husband|uncle|aunt|cousin|colleague|boss|brother|sister)"
    r"(?:'s)?\s+(?:has|had|have|was|took|reckons?|says?|said|thinks?)\b",
    re.IGNORECASE,
)
#: A length in such a clause belongs to something else.
_ABOUT_OTHER = re.compile(
    r"\b(?:pregnan\w*|postpartum|post[\s-]?op\w*|gestation|flew|flight|flights|drive|driving|"
    r"journey|retired|"
    r"taken up|operat\w*|surgery|replacement|cured|steroids|tablets|course of|until|married|worked|"
    r"working|cigar\w*|"
    r"broke|broken|smok\w*|warfarin|treatment|week'?s worth|coach|train|bus|plane|flu|cold|virus|"
    r"infection|antibiotic\w*|chemo\w*|radiotherapy|remission|diabet\w*|diagnos\w*|divorc\w*|"
    r"raining|reckons?|will take|can take|takes|should|recover\w*|heal|race|marathon is|due|"
    r"appointment|wait\w*|scan|a week|a day|times|per (?:week|day)|as long as|longer than|gaming|"
    r"cancer|lumpectomy|mastectomy|periods?|late|predni\w*|steroids?|stent|ward|statins?|atorva\w*|hrt|"
    r"sugar|asthma|vegan|weeks? gone|expecting|veins?|arthritis|operation|stone in|"
    r"shift|sleep|morning stiffness|stiff(?:ness)? (?:lasts|for)|baby|birth|hospital|cast|plaster|in bed)\b",
    re.IGNORECASE,
)
_NOT_A_LENGTH = re.compile(
    r"[\s-]*(?:old\b|of age\b|walk|run\b|drive|flight|later\b|time\b|[-\s]year[-\s]old)",
    re.IGNORECASE,
)
_NOT_LED_BY = re.compile(
    r"(?:\bin|\bafter|\bwithin|\bevery|\bmax|\buntil|\btakes?(?: me| him| her)?|\bfirst|\bold|"
    r"\bnext|\bis|\bam|\baged)\s+(?:about\s+)?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]+)*")

_AGE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<age>{_WHOLE})[\s-]*(?:years?|yrs?|y)[\s-]*(?:old|of age|\.?o\b)",
        rf"\b(?P<age>{_WHOLE})\s*y\.?/?o\.?\b",
        rf"\b(?:aged?|age is|age:|turned|turning)\s*(?P<age>{_WHOLE})\b",
        r"\b(?P<age>\d{1,3})\s*,?\s*(?:M|F|male|female|man|woman|lady|gentleman|boy|girl)\b",
        r"\b(?:male|female|man|woman|pt|patient|bloke|lad|lass|gent|"
        r"lady),?\s+(?P<age>\d{1,3})\b(?!\s*(?:/|%|kg))",
        r"\b(?:husband|wife|partner|dad|father|mum|mother|son|daughter|boyfriend|girlfriend|fella|\w+)\s*"
        r"\((?P<age>\d{1,3})[,)\s]",
        rf"\b(?:i am|i'?m|im|ah'?m|he is|she is|who is|he'?s|she'?s|daughter'?s|son'?s|mum'?s|"
        rf"dad'?s|he|she)\s+"
        rf"(?:a\s+|only\s+|nearly\s+|just\s+)?(?P<age>{_WHOLE})\b(?!\s*(?:/|%|st\b|stone|kg|lb|cm|"
        rf"k\b|metres?|out of|"
        r"weeks?|wks?|months?|days?|hours?|hrs?|mins?|minutes?|miles?|km|per|times|of\b|or\b|to\b|"
        r"feet|foot|inch|days))",
        r"\bmale of (?P<age>\d{1,3})\b|\b(?P<age2>\d{2})\s+years,?\s+(?:male|female|from|man|woman)",
        r"^\s*(?:[\w'’. -]+,\s*){1,3}(?P<age>\d{2}),\s",
        rf"^\s*(?P<age>{_TENS_AND})\s+and\s+(?:still|not|never)\b|\b(?P<age2>\d{{2}}),\s+(?:with|"
        rf"retired|female|male)\b",
        rf"\b(?:lady|man|woman|teacher|nurse|driver|schoolmaster|mistress|farmer|worker|"
        rf"electrician) of (?P<age>{_WHOLE})\b",
    )
]
_HE = r"(?:husband|dad|father|son|boy|brother|grandad|grandfather|boyfriend|fella|uncle|lad|bloke|hubby)"
_SHE = r"(?:wife|mum|mam|mom|mother|daughter|girl|sister|nan|gran|grandmother|girlfriend|aunt|auntie|lass)"
_ON_BEHALF = (
    r"(?:(?:writing|posting|asking|ringing|calling|typing)\s+(?:this\s+)?(?:for|on behalf of|"
    r"about)\s+(?:my|our|the)\s+{who}"
    r"|^\W*(?:\w+\W+){{0,8}}?my\s+(?:little\s+)?{who}(?:\s+\(?\w+\)?)?,?\s+"
    r"(?:who|is|has|had|was|woke|came|gave|says|keeps|can'?t|started|turned|\d|both|he|she|did|fell))"
)
_MALE = re.compile(
    r"\b\d{1,3}\s*(?:yo?\s*)?M\b|\b\d{1,3}[\s-]*y\S*\s+(?:old\s+)?(?i:man|gent|boy|bloke|lad|guy)\b|"
    r"\b(?i:male|gentleman)\b|\b(?i:i'?m|i am|year[\s-]old|young|"
    r"old)\s+(?i:a\s+)?(?i:man|bloke|lad|boy|guy)\b"
    r"|\b(?i:my|the|our)\s+(?i:prostate|testicles?|balls|penis|willy|scrotum|nuts)\b|\b(?i:boy|man|"
    r"bloke|mr)\b(?=.{0,40}\b(?i:he|his)\b)"
)
_FEMALE = re.compile(
    r"\b\d{1,3}\s*(?:yo?\s*)?F\b|\b\d{1,3}[\s-]*y\S*\s+(?:old\s+)?(?i:woman|lady|girl|lass)\b|"
    r"\b(?i:female)\b|\b(?i:i'?m|i am|year[\s-]old|young|"
    r"old)\s+(?i:a\s+)?(?:\w+\s+){0,2}(?i:woman|lady|girl|lass|mum|mother)\b"
    r"|\b(?i:i'?m|i am|am|weeks)\s+(?:\w+\s+){0,3}(?i:pregnant)\b|\b(?i:postpartum|hysterectomy|"
    r"menopause|midwife)\b"
    r"|\b(?i:my|the)\s+(?i:periods?|breast|vagina|womb|fanny)\b|\b(?i:left|right|had) breast\b|"
    r"\b(?i:breast cancer|time of the month)\b"
    r"|\b(?i:i come on|i have birthed|after giving birth|mrs|on the pill)\b|\b(?i:girl|woman|"
    r"lady)\b(?=.{0,40}\b(?i:she|her)\b)"
)
_HE_BEHALF = re.compile(_ON_BEHALF.format(who=_HE), re.IGNORECASE)
_SHE_BEHALF = re.compile(_ON_BEHALF.format(who=_SHE), re.IGNORECASE)
_OWN = re.compile(r"\b(?:i'?ve|i have|my|i'?m|i am|me)\b", re.IGNORECASE)
_PRONOUNS = (
    re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE),
    re.compile(r"\b(?:she|her)\b", re.IGNORECASE),
)

_SCORE = re.compile(
    rf"\b(?P<score>10|\d|{'|'.join(_SMALL[:11])})(?:\.\d)?\s*(?:/|out of|outta|oot o)\s*(?:10|ten)\b(?!\d)|"
    rf"\b(?:nrs|vas|pain scores?|scor(?:es?|ed|ing)(?: (?:it|the pain|pain|his|her))*(?: at| as)?(?: an?)?|"
    rf"rat(?:es?|ed|ing) (?:it|the pain|pain|his pain|her pain)(?: at| as)?(?: an?)?)\s*(?:of|:|=|is)?\s*"
    rf"(?P<named>10|\d|{'|'.join(_SMALL[:11])})\b(?!\s*(?:/(?!10)|weeks?|days?|months?|years?))",
    re.IGNORECASE,
)
_PART = re.compile(r"[,.;:()\n!?]|\b(?:but|and|then|although|though|whereas|while|when|with|on)\b")
_USUAL = re.compile(
    r"\b(?:usual(?:ly)?|now|today|current(?:ly)?|average|mostly|most (?:days|of the time)|normal(?:ly)?|"
    r"generally|typical(?:ly)?|baseline|constant(?:ly)?|at the moment)\b",
    re.IGNORECASE,
)
_PEAK = re.compile(
    r"\b(?:worst|peak|max(?:imum)?|start|first|initially|was|were|would have|at times|cough\w*|sneez\w*|"
    r"moving|movement|bending|up to|bad days?|spik\w*|flares?|used to|labour|childbirth|rest|best)\b",
    re.IGNORECASE,
)
#: "Now it's maybe a three", "I'd give it 3", "down to about a two".
_NOW_A = re.compile(
    rf"\b(?:(?:now|today|currently)\b[^.!?,]{{0,25}}?\b(?:an?|down to(?: an?)?|at(?: an?)?)|"
    rf"(?:give it|call it|put it at|down (?:from [\w ]{{1,8}} )?to|"
    rf"pain(?:'s| is)?(?: really| now| only| about| maybe| around| roughly| nothing| mostly| usually)*,?|"
    rf"(?:before|was) \d+ now|(?:it's|maybe|probably|say|about) an?|maybe)"
    rf"(?:\s+(?:about|maybe|an?|roughly|around|just|only))*)\s+"
    rf"(?P<score>10|\d|{'|'.join(_SMALL[1:11])})\b(?=\s*(?:[,.;!?)]|$|maybe|now|when|if|at\b|on\b|but|and\b|most|tonight|today|then|mostly))",
    re.IGNORECASE,
)


def age_in(text: str) -> int | None:
    """Age in whole years that the text gives for the person, 1 to 120."""
    for pattern in _AGE:
        for match in pattern.finditer(text):
            given = match.groupdict()
            age = int(_number(given["age"] or given.get("age2") or "0"))
            if 1 <= age <= 110:
                return age
    return None


def sex_in(text: str) -> Literal["female", "male"] | None:
    """Sex that the text gives for the person; None if it gives neither or both."""
    male, female = bool(_HE_BEHALF.search(text)), bool(_SHE_BEHALF.search(text))
    if male == female:
        male, female = bool(_MALE.search(text)), bool(_FEMALE.search(text))
    if male == female and not _OWN.search(text):  # a note about somebody
        male, female = (bool(pattern.search(text)) for pattern in _PRONOUNS)
    if male == female:
        return None
    return "female" if female else "male"


def durations_in(text: str) -> list[tuple[str, tuple[int, int], bool]]:
    """Lengths that may be how long it has lasted: category of `duration`, place, and whether it is firm.

    Firm is the one whose words bear most on it. A length in a clause about the pain or its start counts
    before any other, and what is said first before what comes later: people open with how long they have
    had it. A loose "for years" gives way to the length of this spell, and a few hours, which may be those
    of a journey or a wait, to days.
    """
    lengths = [(-_bearing(text, days, span), span[0], days, span) for days, span in _lengths(text)]
    return [
        (duration_category(days), span, i == 0 and bearing < 0)
        for i, (bearing, _, days, span) in enumerate(sorted(lengths))
    ]


def _lengths(text: str) -> Iterator[tuple[float, tuple[int, int]]]:
    for match in _LENGTH.finditer(text):
        before = text[max(0, match.start() - 24) : match.start("count")]
        if _NOT_A_LENGTH.match(text, match.end("unit")) or _NOT_LED_BY.search(before):
            continue
        if (
            match["unit"].lower().startswith("min")
            and (match["tail"] or "").strip().lower() != "ago"
        ):
            continue
        count = _number(match["count"]) + 0.5 * bool(match["half"] or match["more"])
        yield count * _days_of(match["unit"]), match.span()
    for match in _SHORTHAND.finditer(text):
        yield int(match["count"]) * _SHORTHAND_DAYS[match["unit"]], match.span()
    for match in _LATELY.finditer(text):
        yield _days_of(match["unit"]), match.span()
    for match in _DAY_NUMBER.finditer(text):
        yield _number(match["count"]), match.span()
    yield from ((10.0, match.span()) for match in _WEEK_AGO.finditer(text))
    yield from ((2.0, match.span()) for match in _RECENT.finditer(text))
    yield from ((200.0, match.span()) for match in _LONG.finditer(text))


def _bearing(text: str, days: float, span: tuple[int, int]) -> int:
    """How far the words around a length are about this pain: 0 for not at all."""
    sentence = next(m for m in _SENTENCE.finditer(text + ".") if m.end() >= span[0] + 1)
    start, end = sentence.span()
    start = max([start, *(m.end() for m in _CLAUSE.finditer(text, start, span[0]))])
    end = min([end, *(m.start() for m in islice(_CLAUSE.finditer(text, span[1], end), 1))])
    clause = text[start:end]
    if _PREGNANT.search(sentence[0]) and text[slice(*span)].rstrip().endswith(("weeks", "wks")):
        return 0
    if _ABOUT_OTHER.search(clause) or (_SOMEBODY.search(clause) and not _OWN.search(clause)):
        return 0
    if _BARE.fullmatch(text, *span):
        return 0
    if _weekday(text, span) and not _ABOUT_PAIN.search(sentence[0]):
        return 0
    about = 4 * bool(_ABOUT_PAIN.search(clause)) + 2 * bool(_ABOUT_PAIN.search(sentence[0]))
    vague = bool(_LONG.fullmatch(text, *span)) or days < _DAY
    return max(
        2 + about + 2 * bool(_THIS_SPELL.search(clause)) - 3 * vague - _weekday(text, span), 1
    )


def _days_of(unit: str) -> float:
    unit = unit.lower()
    return 1 / 1440 if unit.startswith("min") else _DAYS[unit[0]]


def _weekday(text: str, span: tuple[int, int]) -> bool:
    return bool(_RECENT.fullmatch(text, *span))


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
    """Pain out of ten, as a category of the finding `pain_severity`.

    What it is usually or now counts before what it was at its worst; else the worst of several.
    """
    scores = [
        (_of_now(text, m.span()), int(_number(m["score"] or m["named"])), m.span())
        for m in _SCORE.finditer(text)
    ]
    scores += [
        (_of_now(text, m.span()), int(_number(m["score"])), m.span("score"))
        for m in _NOW_A.finditer(text)
    ]
    if not scores:
        return None
    _, score, span = max(scores)
    return ("mild" if score < 4 else "moderate" if score < 7 else "severe"), span


def _of_now(text: str, span: tuple[int, int]) -> int:
    """1 if the clause gives the usual or present level, -1 if a peak or an old one, else 0."""
    start = max([0, *(m.end() for m in _PART.finditer(text, 0, span[0]))])
    end = min([len(text), *(m.start() for m in islice(_PART.finditer(text, span[1]), 1))])
    clause = text[start:end]
    return bool(_USUAL.search(clause)) - bool(_PEAK.search(clause))


def _number(words: str) -> float:
    """A number in figures or words, such as "12", "2.5", "forty-two" or "a couple"."""
    parts = [p for p in re.split(r"[\s-]+", words.lower()) if p not in ("of", "")]
    if len(parts) > 1 and parts[0] in ("a", "an"):
        parts = parts[1:]
    if parts and parts[0] == "half":
        return 0.5
    return sum(_WORDS[p] if p in _WORDS else float(p) for p in parts)
