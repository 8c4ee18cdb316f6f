"""The addresses. None of them ever holds a word or an answer of a person."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import IntConverter

from lumbago.web.views import (
    check,
    diary,
    evidence,
    exercises,
    learn,
    pages,
    patients,
    plan,
    prevent,
    progress,
    record,
    result,
    running,
    sharing,
    staff,
    take_away,
)

__all__ = ["urlpatterns"]


class PageNumber(IntConverter):
    """Number of a page of questions, from 1."""

    regex = "[1-9][0-9]{0,2}"


register_converter(PageNumber, "page")

urlpatterns: list[URLPattern | URLResolver] = [
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
    path("plan/", plan.plan, name="plan"),
    path("plan/start/", plan.plan_start, name="plan_start"),
    path("plan/change/", plan.plan_change, name="plan_change"),
    path("plan/keep/", plan.keep_plan, name="keep_plan"),
    path("plan/flare/", plan.plan_flare, name="plan_flare"),
    path("plan/running/", running.running, name="plan_running"),
    path("plan/plan.pdf", plan.plan_pdf_file, {"which": "kept"}, name="plan_pdf"),
    path("plan/plan.txt", plan.plan_text_file, {"which": "kept"}, name="plan_text"),
    path("plan/week.ics", plan.plan_calendar, {"which": "kept"}, name="plan_calendar"),
    path("plan/new/", plan.plan_draft, name="plan_draft"),
    path("plan/new/plan.pdf", plan.plan_pdf_file, {"which": "draft"}, name="plan_draft_pdf"),
    path("plan/new/plan.txt", plan.plan_text_file, {"which": "draft"}, name="plan_draft_text"),
    path("plan/new/week.ics", plan.plan_calendar, {"which": "draft"}, name="plan_draft_calendar"),
    path("exercises/", exercises.exercises, name="exercises"),
    path("exercises/<slug:name>/", exercises.exercise, name="exercise"),
    path(
        "exercises/<slug:name>/still.svg",
        exercises.exercise_picture,
        {"which": "still"},
        name="exercise_still",
    ),
    path(
        "exercises/<slug:name>/moving.svg",
        exercises.exercise_picture,
        {"which": "moving"},
        name="exercise_moving",
    ),
    path("diary/", diary.diary, name="diary"),
    path("diary/start/", diary.start, name="diary_start"),
    path("diary/alarm/", diary.alarm, name="diary_alarm"),
    path("diary/check/", diary.take_over, name="diary_take_over"),
    path("diary/entry/<slug:key>/", diary.correct, name="diary_correct"),
    path("diary/questions/<slug:name>/", diary.questionnaire, name="diary_questionnaire"),
    path("progress/", progress.progress, name="progress"),
    path("progress/chart.svg", progress.chart, {"size": "wide"}, name="progress_chart"),
    path(
        "progress/chart-narrow.svg",
        progress.chart,
        {"size": "narrow"},
        name="progress_chart_narrow",
    ),
    path("progress/course/", progress.course, name="progress_course"),
    path("progress/next-week/", progress.next_week, name="progress_next_week"),
    path("progress/flare/", progress.flare, name="progress_flare"),
    path("prevent/", prevent.prevent, name="prevent"),
    path("prevent/lift/", prevent.lift, name="prevent_lift"),
    path("prevent/job/", prevent.job, name="prevent_job"),
    path("prevent/vibration/", prevent.ride, name="prevent_ride"),
    path("prevent/desk/", prevent.desk, name="prevent_desk"),
    path("prevent/running/", prevent.run, name="prevent_run"),
    path("privacy/", pages.privacy, name="privacy"),
    path("privacy/delete/", pages.delete, name="delete"),
    path("record/", record.record_page, name="record"),
    path("record/notes/", record.add_note, name="add_note"),
    path("record/entry/<uuid:key>/", record.entry, name="entry"),
    path("record/entry/<uuid:key>/delete/", record.delete_entry, name="delete_entry"),
    path("record/export/", record.record_export, name="record_export"),
    path("record/import/", record.record_import, name="record_import"),
]
if settings.ENVIRONMENT.accounts:
    urlpatterns += [
        path("sharing/", sharing.who, name="sharing"),
        path("sharing/give/", sharing.give, name="give"),
        path("sharing/invite/", sharing.invite, name="invite"),
        path("sharing/<uuid:share>/stop/", sharing.stop, name="stop_sharing"),
        path("patients/", patients.patients, name="patients"),
        path("patients/code/", patients.accept, name="accept"),
        path("patients/<uuid:person>/", patients.patient, name="patient"),
        path(
            "patients/<uuid:person>/progress/", patients.patient_progress, name="patient_progress"
        ),
        path(
            "patients/<uuid:person>/progress/chart.svg",
            patients.patient_chart,
            {"size": "wide"},
            name="patient_chart",
        ),
        path(
            "patients/<uuid:person>/progress/chart-narrow.svg",
            patients.patient_chart,
            {"size": "narrow"},
            name="patient_chart_narrow",
        ),
        path(
            "patients/<uuid:person>/entry/<uuid:key>/", patients.patient_entry, name="patient_entry"
        ),
        path("staff/", staff.staff, name="staff"),
        path("staff/<uuid:account>/", staff.change_account, name="change_account"),
        path("account/", include("allauth.urls")),
    ]

handler400 = "lumbago.web.views.failures.bad_request"
handler403 = "lumbago.web.views.failures.forbidden"
handler404 = "lumbago.web.views.failures.not_found"
handler500 = "lumbago.web.views.failures.server_error"
