"""How it goes: outcome measures, a diary, and where a person stands on the expected course."""

from lumbago.progress.change import Change, change
from lumbago.progress.courses import Band, Course, course_for, expected, find_course, load_courses
from lumbago.progress.danger import Reassess, danger_signs, reassess
from lumbago.progress.diary import About, Answered, CheckIn, Diary, DiaryError, read_diary
from lumbago.progress.due import due
from lumbago.progress.outlook import Message, Outlook, outlook
from lumbago.progress.proms import Prom, find_prom, load_proms
from lumbago.progress.scoring import PromError, Score, score
from lumbago.progress.standing import Standing, course_of, standing

__all__ = [
    "About",
    "Answered",
    "Band",
    "Change",
    "CheckIn",
    "Course",
    "Diary",
    "DiaryError",
    "Message",
    "Outlook",
    "Prom",
    "PromError",
    "Reassess",
    "Score",
    "Standing",
    "change",
    "course_for",
    "course_of",
    "danger_signs",
    "due",
    "expected",
    "find_course",
    "find_prom",
    "load_courses",
    "load_proms",
    "outlook",
    "read_diary",
    "reassess",
    "score",
    "standing",
]
