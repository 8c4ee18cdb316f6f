"""Signing in at an OpenID Connect provider, with one of our own that says what we want."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.clinic import Clinic, clinic, elsewhere

KNOWN = "ann@example.org"


class Provider(BaseHTTPRequestHandler):
    """Discovery, permission without a question, a token, and who it is."""

    who: dict[str, Any] = {}  # noqa: RUF012  set by each test for the one server
    asked: dict[str, list[str]] = {}  # noqa: RUF012  what the last request for permission held

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]  # it listens there
        path = urlsplit(self.path)
        if path.path == "/authorize":
            Provider.asked = parse_qs(path.query)
            back = {"code": "c", "state": Provider.asked["state"][0]}
            self.send_response(302)
            self.send_header("Location", f"{Provider.asked['redirect_uri'][0]}?{urlencode(back)}")
            self.end_headers()
        elif path.path == "/userinfo":
            self._say(self.who)
        else:
            names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
            places = ("authorize", "token", "userinfo", "keys")
            found = {name: f"{here}/{place}" for name, place in zip(names, places, strict=True)}
            self._say({"issuer": here, **found})

    def do_POST(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]  # it listens there
        self.rfile.read(int(self.headers["Content-Length"]))
        told = {**self.who, "iss": here, "aud": "site", "exp": 4_000_000_000, "iat": 1}
        token = jwt.encode(told, "k" * 40, algorithm="HS256")
        self._say({"access_token": "t", "token_type": "Bearer", "id_token": token})

    def _say(self, what: object) -> None:
        content = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    more = {
        "LUMBAGO_OIDC_ISSUER": f"http://127.0.0.1:{server.server_port}",
        "LUMBAGO_OIDC_CLIENT_ID": "site",
        "LUMBAGO_OIDC_CLIENT_SECRET": "secret",
        "LUMBAGO_OIDC_NAME": "Clinic ID",
    }
    with clinic(tmp_path_factory.mktemp("clinic"), {KNOWN: "person"}, more) as place:
        yield place
    server.shutdown()
    server.server_close()


@contextmanager
def signed_in_there(browser: Browser, site: Clinic, **who: Any) -> Iterator[Page]:
    """A page after the provider has said who it is."""
    Provider.who = who
    context = browser.new_context(base_url=f"http://localhost:{site.server.port}")
    context.set_extra_http_headers(elsewhere())
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_role("link", name="Sign in with Clinic ID").click()
    page.get_by_role("button", name="Continue").click()
    yield page
    context.close()


def test_who_is_known_there_is_known_here_and_only_the_needful_is_kept(
    browser: Browser, site: Clinic
) -> None:
    who = {"sub": "7", "email": "new@example.org", "email_verified": True}
    for _ in range(2):  # the first time an account is made, then it is found
        with signed_in_there(browser, site, **who, name="Nina New", picture="p.png") as page:
            page.wait_for_url("**/record/")
            expect(page.get_by_role("heading", name="My record")).to_be_visible()
    assert Provider.asked["code_challenge_method"] == ["S256"]
    kept = site.run(
        "import json; from allauth.socialaccount.models import SocialAccount, SocialToken;"
        "print(json.dumps([a.extra_data for a in SocialAccount.objects.all()]"
        " + [SocialToken.objects.count()]))"
    )
    assert kept == [who, 0]


@pytest.mark.parametrize("verified", [True, False])
def test_saying_the_address_of_somebody_else_does_not_make_one_them(
    browser: Browser, site: Clinic, verified: bool
) -> None:
    sub = f"thief {verified}"
    with signed_in_there(browser, site, sub=sub, email=KNOWN, email_verified=verified) as page:
        page.wait_for_load_state()
        assert "/record/" not in page.url
        page.goto("/record/")
        assert "/account/" in page.url  # not theirs: still at signing in
    assert site.run(
        "import json; from allauth.socialaccount.models import SocialAccount;"
        f"print(json.dumps(SocialAccount.objects.filter(user__email={KNOWN!r}).count()))"
    ) == 0  # fmt: skip


def test_an_address_that_is_not_confirmed_there_is_confirmed_here(
    browser: Browser, site: Clinic
) -> None:
    who = {"sub": "8", "email": "unsure@example.org", "email_verified": False}
    with signed_in_there(browser, site, **who) as page:
        page.wait_for_url("**/confirm-email/")
        page.goto("/record/")
        assert "/account/" in page.url  # not theirs: still at signing in
