"""The check of a pain, step by step: about you, where, words, questions, your answers."""

from contextlib import suppress
from dataclasses import replace
from threading import Thread
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lumbago.assessment import Interview
from lumbago.assessment.questions import Page, question_page
from lumbago.case import Sex
from lumbago.errors import UserError
from lumbago.language import understand
from lumbago.language.understand import LONGEST_TEXT
from lumbago.web import visits
from lumbago.web.replies import drawing_in, meant, page_replies, unanswered, whole_years
from lumbago.web.shown import chart, heard_words, shown_answers, shown_page

__all__ = [
    "about_you",
    "alarm",
    "alarm_now",
    "answers",
    "change_one",
    "question",
    "questions",
    "understood",
    "where",
    "words",
]

#: Median and 95th percentile of the pages that the development cases were asked (docs/interview.md).
USUAL = (9, 16)

form = require_http_methods(["GET", "HEAD", "POST"])


@form
def about_you(request: HttpRequest) -> HttpResponse:
    """Age and sex. A new check begins here."""
    shown: dict[str, Any] = {"step": "you", "sexes": (("female", "Female"), ("male", "Male"))}
    if request.method == "POST":
        try:
            age = whole_years(request.POST.get("age", ""))
        except UserError as error:
            typed = {"age": request.POST.get("age"), "sex": request.POST.get("sex")}
            shown |= {"errors": {"age": str(error)}, **typed}
            return render(request, "lumbago/check/about_you.html", shown, status=422)
        sexes: dict[str | None, Sex] = {"female": "female", "male": "male"}
        sex = sexes.get(request.POST.get("sex"))

        def told(interview: Interview) -> Interview:
            interview = replace(interview, age=age, sex=sex)
            page = interview.ask()
            # What was left out here on purpose is not asked again.
            return (
                interview.answer({}) if page is not None and page.id == "about_you" else interview
            )

        if request.POST.get("new") == "yes" or not visits.under_way(request):
            visits.begin(request, told(Interview(setting=settings.ENVIRONMENT.setting)))
        else:
            visits.change(request, told)
        return redirect("where")
    if visits.under_way(request) and request.GET.get("new") is None:
        interview = visits.current(request).interview
        shown |= {"age": interview.age, "sex": interview.sex, "under_way": True}
    return render(request, "lumbago/check/about_you.html", shown)


@form
def where(request: HttpRequest) -> HttpResponse:
    """The body chart."""
    step = visits.current(request)
    shown: dict[str, Any] = {"step": "where"}
    if request.method == "POST":
        drawing = drawing_in(request.POST)
        visits.change(request, lambda interview: replace(interview, drawing=drawing))
        return redirect("words")
    shown |= chart(step.interview.drawing)
    return render(request, "lumbago/check/where.html", shown)


@form
def words(request: HttpRequest) -> HttpResponse:
    """The person's own words, and what is understood from them."""
    if request.method == "POST":
        step = visits.change(request, _with_words(request))
        if request.POST.get("look") == "again":
            return redirect("words")
        return _onward(step)
    interview = visits.current(request).interview
    shown = {
        "step": "words",
        "text": interview.text or "",
        "longest": LONGEST_TEXT,
        "heard": heard_words(interview),
    }
    return render(request, "lumbago/check/words.html", shown)


@require_POST
def understood(request: HttpRequest) -> HttpResponse:
    """What is understood so far, as the person writes; also kept, so that nothing is lost."""
    step = visits.change(request, _with_words(request))
    shown = {"heard": heard_words(step.interview), "alarm": step.interview.alarm()}
    return render(request, "lumbago/check/understood.html", shown)


def _with_words(request: HttpRequest) -> Any:
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()[:LONGEST_TEXT]

    def told(interview: Interview) -> Interview:
        if not text:
            return replace(interview, text=None, findings={}, rejected=())
        changed, dropped = meant(understand(text), request.POST)
        return replace(interview, text=text, findings=changed, rejected=dropped)

    return told


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """The first question that is not answered, or the look over all answers."""
    return _onward(visits.current(request))


def _onward(step: visits.Step) -> HttpResponseRedirect:
    if step.due_alarm:
        return redirect("alarm")
    if step.interview.ask() is None:
        return redirect("answers")
    return redirect("question", number=len(step.interview.pages) + 1)


@form
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One page of questions, numbered from 1; an earlier one shows its answers and can be changed."""
    step = visits.current(request)
    interview = step.interview
    page = interview.page(number - 1) if number <= len(interview.pages) + 1 else None
    if page is None:
        return _onward(step)
    if request.method == "POST":
        return _answered(request, step, page, number)
    return render(request, "lumbago/check/question.html", _shown(interview, page, number))


def _answered(request: HttpRequest, step: visits.Step, page: Page, number: int) -> HttpResponse:
    left = unanswered(page, request.POST) if page.safety else []
    try:
        replies = page_replies(page, request.POST)
        if not left:

            def revised(stored: Interview) -> Interview:
                return stored.revise(number - 1, replies)

            return _onward(visits.change(request, revised, seen=step))
        names = {q.id: q.name for q in page.questions}
        errors = {name: f"{names[name]}: choose an answer. “I don’t know” is one." for name in left}
    except UserError as error:
        replies, errors = {}, {page.questions[0].id: str(error)}
    shown = _shown(step.interview, page, number) | {"errors": errors}
    shown["questions"] = shown_page(page, replies, errors, answered=set(replies) - set(left))
    return render(request, "lumbago/check/question.html", shown, status=422)


def _shown(interview: Interview, page: Page, number: int) -> dict[str, Any]:
    given = interview.pages[number - 1] if number <= len(interview.pages) else {}
    replies = {q.id: interview.asked.get(q.id) for q in page.questions}
    return {
        "step": "questions",
        "number": number,
        "page": page,
        "questions": shown_page(page, replies, {}, answered=set(given)),
        "yes_no": all(q.kind == "yes_no" for q in page.questions) and len(page.questions) > 1,
        "progress": _progress(page, number),
        "back": reverse("question", args=[number - 1]) if number > 1 else reverse("words"),
    }


def _progress(page: Page, number: int) -> str:
    """How far along: how many pages other people were asked, as measured (docs/interview.md)."""
    if page.safety:
        return f"Safety questions · page {number}"
    return f"Page {number} · most people are asked {USUAL[0]} to {USUAL[1]}"


@form
def change_one(request: HttpRequest, name: str) -> HttpResponse:
    """One earlier answer, to change it."""
    interview = visits.current(request).interview
    number = next((n for n, given in enumerate(interview.pages) if name in given), None)
    if number is None:
        return redirect("answers")
    page = question_page(name)
    if request.method == "POST":
        replies = page_replies(page, request.POST)
        step = visits.change(request, lambda stored: stored.revise(number, replies))
        return redirect("alarm") if step.due_alarm else redirect("answers")
    shown = {"step": "answers", "page": page, "back": reverse("answers")}
    shown["questions"] = shown_page(page, interview.asked, {}, answered={name})
    return render(request, "lumbago/check/question.html", shown)


@require_POST
def alarm_now(request: HttpRequest, number: int) -> HttpResponse:
    """Whether the answers chosen so far on a page call for help at once. Nothing is stored."""
    interview = visits.current(request).interview
    page = interview.page(number - 1) if number <= len(interview.pages) + 1 else None
    found = None
    if page is not None:
        chosen = {k: v for k, v in page_replies(page, request.POST).items() if v is not None}
        found = interview.revise(number - 1, chosen).alarm() if chosen else interview.alarm()
    return render(request, "lumbago/check/alarm_now.html", {"alarm": found})


@form
def alarm(request: HttpRequest) -> HttpResponse:
    """What to do at once. The person may go on with the questions if they wish."""
    step = visits.current(request)
    found = step.interview.alarm()
    if found is None:
        return _onward(step)
    if request.method == "POST":
        step = visits.change(request, lambda interview: interview, alarm=found["level"])
        return redirect("result") if request.POST.get("then") == "result" else _onward(step)
    back = reverse("question", args=[max(len(step.interview.pages), 1)])
    shown = {"alarm": found, "step": "questions", "back": back}
    return _before_result(step, render(request, "lumbago/check/alarm.html", shown))


def _before_result(step: visits.Step, response: HttpResponse) -> HttpResponse:
    """The page; while it is read the result is worked out, and what goes wrong is told by the result's page."""

    def work_out() -> None:
        with suppress(Exception):
            step.interview.assessment()
            step.interview.ask()

    Thread(target=work_out, daemon=True).start()
    return response


@form
def answers(request: HttpRequest) -> HttpResponse:
    """A look over everything that was said, each with a way to change it."""
    step = visits.current(request)
    if request.method == "POST":
        return redirect("result")
    more = step.interview.ask() is not None
    shown = {"step": "answers", "more": more, **shown_answers(step.interview)}
    return _before_result(step, render(request, "lumbago/check/answers.html", shown))
