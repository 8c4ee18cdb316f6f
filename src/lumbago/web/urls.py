"""The addresses. None of them ever holds a word or an answer of a person."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from lumbago.web.views import check, evidence, learn, pages, result, take_away

__all__ = ["urlpatterns"]


class PageNumber(IntConverter):
    """Number of a page of questions, from 1."""

    regex = "[1-9][0-9]{0,2}"


register_converter(PageNumber, "page")

urlpatterns = [
    path("", pages.home, name="home"),
    path("check/", check.about_you, name="about_you"),
    path("check/where/", check.where, name="where"),
    path("check/words/", check.words, name="words"),
    path("check/words/understood/", check.understood, name="understood"),
    path("check/questions/", check.questions, name="questions"),
    path("check/questions/<page:number>/", check.question, name="question"),
    path("check/questions/<page:number>/alarm/", check.alarm_now, name="alarm_now"),
    path("check/change/<slug:name>/", check.change_one, name="change_one"),
    path("check/alarm/", check.alarm, name="alarm"),
    path("check/answers/", check.answers, name="answers"),
    path("result/", result.result, name="result"),
    path("result/summary.pdf", take_away.summary_pdf, name="summary_pdf"),
    path("result/summary.txt", take_away.summary_text, name="summary_text"),
    path("result/assessment.json", take_away.assessment_json, name="assessment_json"),
    path("result/keep/", result.keep, name="keep"),
    path("result/kept/", result.open_kept, name="open_kept"),
    path("result/country/", result.country, name="country"),
    path("evidence/", evidence.evidence, name="evidence"),
    path("evidence/search/", evidence.evidence_search, name="evidence_search"),
    path("evidence/check/", evidence.evidence_check, name="evidence_check"),
    path("evidence/<slug:kind>/", evidence.evidence_list, name="evidence_list"),
    path("evidence/<slug:kind>/<slug:name>/", evidence.evidence_item, name="evidence_item"),
    path("learn/", learn.index, name="learn"),
    path("learn/<str:condition>/", learn.article, name="article"),
    path("anatomy/", learn.anatomy, name="anatomy"),
    path("anatomy/<slug:drawing>/", learn.drawing, name="drawing"),
    path("myths/", learn.myths, name="myths"),
    path("search/", learn.search, name="search"),
    path("privacy/", pages.privacy, name="privacy"),
    path("privacy/delete/", pages.delete, name="delete"),
]

handler400 = "lumbago.web.views.failures.bad_request"
handler403 = "lumbago.web.views.failures.forbidden"
handler404 = "lumbago.web.views.failures.not_found"
handler500 = "lumbago.web.views.failures.server_error"
