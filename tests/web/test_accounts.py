"""Accounts in a real browser: password, passkey, codes from an app; what a stranger finds out; how it looks."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from lumbago.errors import UserError
from lumbago.web.accounts.environment import read_accounts
from tests.web.clinic import PASSWORD, Clinic, clinic, elsewhere
from tests.web.test_accessibility import RULES
from tests.web.test_security import Loads
from tests.web.visitor import django_admin, variables

KNOWN, CLINICIAN, STAFF = "ann@example.org", "physio@clinic.test", "staff@clinic.test"
PHONE = {"width": 360, "height": 740}
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    people = {KNOWN: "person", CLINICIAN: "clinician", STAFF: "staff"}
    with clinic(tmp_path_factory.mktemp("clinic"), people) as place:
        yield place


@contextmanager
def opened(browser: Browser, site: Clinic, **how: Any) -> Iterator[Page]:
    """A page of a browser of its own; whatever its policy blocks or its scripts complain of is a fault."""
    context = browser.new_context(viewport=PHONE, base_url=address(site), **how)
    context.set_extra_http_headers(elsewhere())
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda sent: faults.append(sent.url) if address(site) not in sent.url else None
    )
    yield page
    context.close()
    faults = [
        fault for fault in faults if "status of 4" not in fault
    ]  # pages that refuse, as they should
    assert faults == []


def address(site: Clinic) -> str:
    return f"http://localhost:{site.server.port}"  # a passkey belongs to a name, not to a number


def type_the_code(page: Page, site: Clinic) -> None:
    """Type the code of the newest mail, once the page that asks for it says that it was sent."""
    page.locator("[name=code]").wait_for()
    page.fill("[name=code]", last_code(site))
    page.get_by_role("button", name="Confirm").click()


def press_once_ready(page: Page, name: str) -> None:
    """Press a button that a script answers, once the page with its script is there."""
    button = page.get_by_role("button", name=name)
    button.wait_for()
    page.wait_for_load_state("load")
    button.click()


def last_code(site: Clinic) -> str:
    """The code of the newest mail, which the console shows where no mail server is set."""
    return re.findall(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\r?$", site.server.log.read_text(), re.M)[-1]


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def show_that_it_is_you(page: Page) -> None:
    """What changes how somebody signs in asks for the password once more."""
    page.wait_for_url("**/reauthenticate/**")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def code_of_app(secret: str) -> str:
    """RFC 6238 with its usual settings: SHA-1, 30 seconds, 6 digits."""
    count = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), count, sha1)
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_codes_of_an_app_are_those_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Appendix B of RFC 6238, last six digits: the check of the check below."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    for moment, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        assert code_of_app(secret) == code


def test_from_creating_an_account_to_a_passkey_and_back(browser: Browser, site: Clinic) -> None:
    with opened(browser, site) as page:
        page.goto("/account/signup/")
        page.fill("[name=email]", "new@example.org")
        page.fill("[name=password1]", PASSWORD)
        page.get_by_role("button", name="Create my account").click()
        type_the_code(page, site)
        page.wait_for_url("**/record/")
        page.fill("#note", "Walked to work")
        page.get_by_role("button", name="Save the note").click()
        expect(page.get_by_text("Walked to work")).to_be_visible()  # saved, before we go elsewhere
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        checks = {"hasUserVerification": True, "isUserVerified": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **checks}})
        page.goto("/account/2fa/webauthn/add/")
        show_that_it_is_you(page)
        press_once_ready(page, "Add the passkey")
        page.wait_for_url("**/recovery-codes/**")
        expect(page.locator(".codes code")).to_have_count(10)
        sign_out(page)
        page.goto("/account/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/record/")
        expect(page.get_by_text("Walked to work")).to_be_visible()


def test_an_account_without_any_password(browser: Browser, site: Clinic) -> None:
    with opened(browser, site) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        checks = {"hasUserVerification": True, "isUserVerified": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **checks}})
        page.goto("/account/signup/")
        page.get_by_role("link", name="Create an account with a passkey").click()
        page.fill("[name=email]", "key@example.org")
        page.get_by_role("button", name="Continue").click()
        type_the_code(page, site)
        press_once_ready(page, "Make the passkey")
        page.wait_for_url("**/record/")


def test_a_code_from_an_app_is_asked_for_and_a_spare_one_serves_once(
    browser: Browser, site: Clinic
) -> None:
    with opened(browser, site) as page:
        sign_in(page, STAFF)
        page.wait_for_url("**/record/")
        page.get_by_role("link", name="My account").click()
        page.get_by_role("link", name="Use codes from an app").click()
        show_that_it_is_you(page)
        expect(page.locator(".qr svg")).to_be_visible()
        secret = page.locator("#secret").inner_text()
        page.fill("[name=code]", code_of_app(secret))
        page.get_by_role("button", name="Use this app").click()
        page.wait_for_url("**/recovery-codes/**")
        spare = page.locator(".codes code").first.inner_text()
        for code, good in (("000000", False), (spare, True), (spare, False)):
            if page.get_by_role("button", name="Sign out").count():
                sign_out(page)
            sign_in(page, STAFF)
            page.wait_for_url("**/2fa/authenticate/")
            page.fill("[name=code]", code)
            page.get_by_role("button", name="Sign in", exact=True).click()
            if good:
                page.wait_for_url("**/record/")
            else:
                expect(page.locator(".error")).to_be_visible()
                page.get_by_role("button", name="Cancel").click()
                page.wait_for_url("**/account/login/**")


def test_a_forgotten_password_is_set_anew_with_a_code(browser: Browser, site: Clinic) -> None:
    with opened(browser, site) as page:
        page.goto("/account/password/reset/")
        page.fill("[name=email]", CLINICIAN)
        page.get_by_role("button", name="Reset").click()
        type_the_code(page, site)
        page.fill("[name=password1]", "eight yellow kettles")
        page.fill("[name=password2]", "eight yellow kettles")
        page.get_by_role("button", name="Change Password").click()
        page.wait_for_url("**/password/reset/done/")
        sign_in(page, CLINICIAN, "eight yellow kettles")
        page.wait_for_url("**/record/")


def test_nobody_finds_out_who_has_an_account(site: Clinic) -> None:
    def seen(path: str, **fields: str) -> tuple[int, str, str]:
        stranger = site.visitor()
        stranger.get(path)
        answer = stranger.post(path, **fields)
        onward = answer.headers["Location"] or ""
        page = stranger.get(onward).text if onward else answer.text
        for value in fields.values():
            page = page.replace(value, "")
        return answer.status, onward, re.sub(r'value="[A-Za-z0-9]{64}"', "", page)

    other = "nobody@example.org"
    for path, email in (("/account/signup/", KNOWN), ("/account/signup/passkey/", KNOWN)):
        more = {} if "passkey" in path else {"password1": PASSWORD}
        assert seen(path, email=email, **more) == seen(path, email=other, **more), path
    assert seen("/account/password/reset/", email=KNOWN) == seen(
        "/account/password/reset/", email=other
    )
    wrong = {"password": "not the right one"}
    assert seen("/account/login/", login=KNOWN, **wrong) == seen(
        "/account/login/", login=other, **wrong
    )


def test_guessing_a_password_ends_after_a_few_tries(site: Clinic) -> None:
    site.run(
        "from lumbago.web.accounts.models import Account;"
        "from allauth.account.models import EmailAddress as E;"
        f"a = Account.objects.create_user('guessed@example.org', {PASSWORD!r});"
        "E.objects.create(user=a, email=a.email, verified=True, primary=True)"
    )
    stranger = site.visitor()
    stranger.get("/account/login/")
    for n in range(6):
        stranger.post("/account/login/", login="guessed@example.org", password=f"try number {n}")
    answer = stranger.post("/account/login/", login="guessed@example.org", password=PASSWORD)
    assert answer.status in {200, 429}  # the right one does not help any more
    assert stranger.get("/record/").status == 302


@pytest.mark.parametrize("password", ["short", "qwerty123456", "123456123456", "guess@example.org"])
def test_a_password_that_others_guess_is_refused(site: Clinic, password: str) -> None:
    stranger = site.visitor()
    stranger.get("/account/signup/")
    answer = stranger.post("/account/signup/", email="guess@example.org", password1=password)
    assert answer.status == 200
    assert 'class="error"' in answer.text


PAGES = {
    None: ("/account/login/", "/account/signup/", "/account/signup/passkey/", "/account/password/reset/"),
    KNOWN: ("/record/", "/sharing/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/email/",
            "/account/2fa/webauthn/add/", "/account/password/change/", "/account/logout/", "/privacy/"),
    CLINICIAN: ("/patients/",),
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_accounts_and_records(
    browser: Browser, site: Clinic, scheme: str
) -> None:
    site.run(
        "from lumbago.web.accounts.models import Account;"
        f"account = Account.objects.get(email={CLINICIAN!r});"
        f"account.set_password({PASSWORD!r}); account.save()"
    )
    axe, seen = Axe(), 0
    for email, paths in PAGES.items():
        with opened(browser, site, color_scheme=scheme, reduced_motion="reduce") as page:
            if email:
                sign_in(page, email)
                page.wait_for_url("**/record/")
            for state in states(page, paths):
                found = axe.run(page, options=RULES).response["violations"]
                assert [
                    (v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found
                ] == [], state
                loads = Loads()
                loads.feed(page.content())
                assert [f for f in loads.faults if f != "inline script"] == [], state
                page.set_viewport_size({"width": 320, "height": 256})
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, state
                page.set_viewport_size(PHONE)
                seen += 1
    assert seen >= 18


def states(page: Page, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        page.goto(path)
        yield path
        if path in {"/account/login/", "/account/password/reset/"}:
            page.evaluate("document.querySelector('main form').noValidate = true")
            page.locator("main form button[type=submit]").first.click()
            expect(page.locator(".error").first).to_be_visible()
            yield f"{path} with what is missing"
        if path == "/sharing/":
            page.get_by_role("button", name="Share my record").click()
            yield "no address"
            page.fill("#email", CLINICIAN)
            page.get_by_role("button", name="Share my record").click()
            yield "shared"
            page.get_by_role("button", name="Make a code").click()
            yield "a code"
        if path == "/patients/":
            page.get_by_role("button", name="Use the code").click()
            yield "no such code"
            page.locator("main a").first.click()
            yield "a patient"
        if path == "/record/":
            page.fill("#note", "A note to look at")
            page.get_by_role("button", name="Save the note").click()
            page.locator("main a", has_text="note").first.click()
            yield "an entry"


def test_scripts_in_the_pages_are_data_and_nothing_that_runs(site: Clinic) -> None:
    page = site.visitor().get("/account/login/").text
    kinds = re.findall(r"<script(?![^>]* src=)([^>]*)>", page)
    assert kinds
    assert all('type="application/json"' in kind for kind in kinds)


REFUSED = {
    "LUMBAGO_ACCOUNTS": ("yes", "can be 0 or 1"),
    "LUMBAGO_EMAIL_URL": ("mail.example.org", "is an address such as smtp://"),
    "LUMBAGO_EMAIL_FROM": ("me", "is an address such as pain@example.org"),
    "LUMBAGO_OIDC_ISSUER": ("https://id.example.org", "LUMBAGO_OIDC_CLIENT_ID is missing"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_setting_that_cannot_be_is_said_in_one_sentence(name: str) -> None:
    value, words = REFUSED[name]
    with pytest.raises(UserError, match=words):
        read_accounts({"LUMBAGO_ACCOUNTS": "1", name: value})


def test_what_the_environment_says_is_what_the_site_does(tmp_path: Path) -> None:
    set_to = {
        "LUMBAGO_ACCOUNTS": "1",
        "LUMBAGO_EMAIL_URL": "smtps://me:p%40ss@mail.example.org",
        "LUMBAGO_EMAIL_FROM": "pain@example.org",
    }
    names = (
        "EMAIL_HOST EMAIL_PORT EMAIL_HOST_PASSWORD EMAIL_USE_SSL EMAIL_USE_TLS DEFAULT_FROM_EMAIL"
    )
    code = (
        f"from django.conf import settings as s; print(*(getattr(s, n) for n in {names.split()!r}))"
    )
    told = django_admin(variables(tmp_path, set_to), "shell", "-v", "0", "-c", code)
    assert told.stdout.split() == [
        "mail.example.org",
        "465",
        "p@ss",
        "True",
        "False",
        "pain@example.org",
    ]


def test_every_variable_of_accounts_is_documented() -> None:
    source = (DOCS.parent / "src/lumbago/web/accounts/environment.py").read_text(encoding="utf-8")
    documented = (DOCS / "accounts.md").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r"LUMBAGO_[A-Z_]+", source))):
        assert f"| `{name}` |" in documented, name


def test_without_accounts_there_is_no_way_to_sign_in_and_no_other_s_record(tmp_path: Path) -> None:
    names = (
        "import json; from lumbago.web.urls import urlpatterns;"
        "print(json.dumps([p.name for p in urlpatterns]))"
    )
    told = django_admin(variables(tmp_path), "shell", "-v", "0", "-c", names).stdout
    assert '"record"' in told
    assert not any(f'"{name}"' in told for name in ("sharing", "patients", "staff"))
