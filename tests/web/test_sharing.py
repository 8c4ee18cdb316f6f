"""Every object of a person, tried by everybody else through every address and method."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.web.clinic import Clinic, clinic
from tests.web.visitor import Answer, Visitor

OWNER, OTHER, STAFF = "ann@example.org", "bob@example.org", "staff@example.org"
READER, FORMER, STRANGER = "reader@clinic.test", "former@clinic.test", "stranger@clinic.test"
ROLES = {
    OWNER: "person",
    OTHER: "person",
    READER: "clinician",
    FORMER: "clinician",
    STRANGER: "clinician",
    STAFF: "staff",
}
WHO = {"owner": OWNER, "other": OTHER, "reader": READER, "former": FORMER, "stranger": STRANGER,
       "staff": STAFF, "anonymous": None}  # fmt: skip
WORD, OTHERS_WORD = "Zwetschgenkuchen", "Pflaumenmus"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

#: Addresses that name an object of a person: who may use them, with which method. Everybody else, and every
#: other method, must get nothing and change nothing.
OBJECTS: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "entry": ("/record/entry/{entry}/", {("owner", "GET")}),
    "diary_correct": ("/diary/entry/{check_in}/", {("owner", "GET"), ("owner", "POST")}),
    "delete_entry": ("/record/entry/{entry}/delete/", {("owner", "POST")}),
    "stop_sharing": ("/sharing/{share}/stop/", {("owner", "POST")}),
    "patient": ("/patients/{person}/", {("reader", "GET")}),
    "patient_progress": ("/patients/{person}/progress/", {("reader", "GET")}),
    "patient_chart": ("/patients/{person}/progress/chart.svg", {("reader", "GET")}),
    "patient_chart_narrow": ("/patients/{person}/progress/chart-narrow.svg", {("reader", "GET")}),
    "patient_entry": ("/patients/{person}/entry/{entry}/", {("reader", "GET")}),
    "change_account": ("/staff/{account}/", {("staff", "POST")}),
    "mfa_edit_webauthn": ("/account/2fa/webauthn/keys/{passkey}/edit/", {("owner", "GET")}),
    "mfa_remove_webauthn": ("/account/2fa/webauthn/keys/{passkey}/remove/", {("owner", "GET")}),
}
#: Addresses whose variable part names nothing of a person.
NOBODY_S = {
    "question", "alarm_now", "change_one",  # of the browser's own check, found by its session
    "evidence_list", "evidence_item", "article", "drawing",
    "exercise", "exercise_still", "exercise_moving",
    "diary_questionnaire",  # one of everybody's questionnaires
    "openid_connect_login", "openid_connect_callback",
}  # fmt: skip

#: Addresses that give a picture, which holds no word of a person.
PICTURES = {"patient_chart", "patient_chart_narrow"}

LIST = """
import json
from django.urls import get_resolver, URLPattern
def walk(patterns, before=""):
    for p in patterns:
        route = before + str(p.pattern)
        if isinstance(p, URLPattern):
            yield p.name, route.replace("^", ""), "<" in route
        else:
            yield from walk(p.url_patterns, route)
print(json.dumps(list(walk(get_resolver().url_patterns))))
"""
FILL = f"""
import json
from datetime import datetime, timezone
from allauth.mfa.models import Authenticator
from lumbago.progress.diary import About, CheckIn
from lumbago.web import record, tracking
from lumbago.web.accounts.models import Account
from lumbago.web.models import *
now = datetime.now(timezone.utc)
made = {{}}
for email, word in ({OWNER!r}, {WORD!r}), ({OTHER!r}, {OTHERS_WORD!r}):
    account = Account.objects.get(email=email)
    person, _ = Person.objects.get_or_create(account=account)
    own = record.Own(person)
    tracking.start(own, About(at=now, began=now.date(), regions=("low_back",)))
    check_in = CheckIn(at=now, day=now.date(), pain=3, stops=2, notes=word)
    tracking.add_check_in(own, check_in)
    tracking.answer(own, "nprs", {{"pain": 4}}, day=now.date(), at=now)
    note = record.add(own, Kind.NOTE, {{"text": word}})
    share = Share.objects.create(person=person, email={READER!r})
    if email == {OWNER!r}:
        passkey = Authenticator.objects.create(
            user=account, type="webauthn", data={{"name": word, "credential": {{}}}})
    made[email] = {{"account": str(account.pk), "person": str(person.pk), "share": str(share.pk),
                   "entry": str(note.key), "check_in": check_in.key, "passkey": str(passkey.pk)}}
owner = Person.objects.get(account__email={OWNER!r})
former = Account.objects.get(email={FORMER!r})
Share.objects.create(person=owner, email=former.email, clinician=former, ended="2026-01-01T00:00Z")
print(json.dumps(made))
"""
STATE = f"""
import json
from lumbago.web.models import *
from lumbago.web.accounts.models import Account
account = Account.objects.get(email={OWNER!r})
person = account.person
print(json.dumps([account.role, account.is_active, account.password,
    *map(str, Entry.objects.filter(person=person).values_list("key", "content")),
    *map(str, Share.objects.filter(person=person).values_list("pk", "email", "ended")),
    account.authenticator_set.count()]))
"""


@dataclass(frozen=True)
class Site:
    """The site with its people signed in, and the numbers of their objects."""

    clinic: Clinic
    people: Mapping[str, Visitor]
    mine: Mapping[str, str]
    others: Mapping[str, str]

    def state(self) -> object:
        return self.clinic.run(STATE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with clinic(tmp_path_factory.mktemp("clinic"), ROLES) as place:
        people = {who: place.visitor(email) for who, email in WHO.items()}
        made = place.run(FILL)  # now: with a passkey the password alone lets nobody in
        for visitor in people.values():
            visitor.get("/account/login/")  # everybody has the mark that forms need
        people["reader"].get("/patients/")
        yield Site(place, people, made[OWNER], made[OTHER])


def addresses(site: Site) -> list[tuple[str, str, bool]]:
    """Name, route, and whether a part of it varies, of every address."""
    return [(name, route, varies) for name, route, varies in site.clinic.run(LIST)]


def tried(person: Visitor, method: str, path: str) -> Answer:
    """A request with every field that any of our forms has."""
    if method == "POST":
        fields = {"email": STRANGER, "role": "person", "signing_in": "off", "text": "changed"}
        return person.post(path, **fields, visit="1", code="AAAA", keep="yes", name="changed")
    mark = next((v for n, v in person.cookies.items() if "csrf" in n), "")
    return person._ask(method, path, None, {"X-CSRFToken": mark})


def test_every_address_with_an_object_is_in_the_table(site: Site) -> None:
    named = {name for name, _, varies in addresses(site) if varies}
    assert named == set(OBJECTS) | NOBODY_S


@pytest.mark.parametrize("name", OBJECTS)
def test_nobody_reaches_what_is_not_theirs(site: Site, name: str) -> None:
    route, allowed = OBJECTS[name]
    path, before = route.format(**site.mine), site.state()
    for who, person in site.people.items():
        for method in METHODS:
            if (who, method) in allowed or (who, {"HEAD": "GET"}.get(method)) in allowed:
                continue
            if who == "owner" and name.startswith("mfa_"):
                continue  # a form of their own account
            answer = tried(person, method, path)
            where = f"{method} {path} by {who}: {answer.status}"
            assert answer.status in {302, 403, 404, 405}, where
            assert answer.status != 302 or who == "anonymous" or "2fa" in path, where
            if answer.status == 302:
                assert (answer.headers["Location"] or "").startswith("/account/"), where
            assert WORD not in answer.text, where
    assert site.state() == before


def test_no_other_address_tells_or_changes_anything_of_somebody_else(site: Site) -> None:
    before, kept = site.state(), dict(site.people)
    plain = [route for _, route, varies in addresses(site) if not varies]
    assert len(plain) > 40
    for who in ("other", "stranger", "former", "staff", "anonymous"):
        for route in plain:
            if route in {"account/logout/", "privacy/delete/"}:
                continue  # of their own
            for method in ("GET", "POST"):
                answer = tried(kept[who], method, f"/{route}")
                assert WORD not in answer.text, f"{method} /{route} by {who}"
                assert answer.status != 500, f"{method} /{route} by {who}"
    assert site.state() == before


def test_a_key_of_one_person_opens_nothing_in_the_record_of_another(site: Site) -> None:
    reader, owner = site.people["reader"], site.people["owner"]
    mixed = f"/patients/{site.others['person']}/entry/{site.mine['entry']}/"
    assert reader.get(mixed).status == 404
    assert owner.get(f"/record/entry/{site.others['entry']}/").status == 404
    assert owner.post(f"/record/entry/{site.others['entry']}/delete/").status == 404
    assert owner.post(f"/sharing/{site.others['share']}/stop/").status == 404
    right = f"/patients/{site.others['person']}/entry/{site.others['entry']}/"
    assert OTHERS_WORD in reader.get(right).text


def test_those_who_may_do_reach_it(site: Site) -> None:
    for name, (route, allowed) in OBJECTS.items():
        for who, method in allowed:
            if method == "GET" and not name.startswith("mfa_"):
                answer = site.people[who].get(route.format(**site.mine))
                assert answer.status == 200, name
                assert "<svg" in answer.text if name in PICTURES else WORD in answer.text, name
