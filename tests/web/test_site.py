"""A site for many people: HTTPS only, behind a proxy, as docs/deploy.md starts it."""

import re
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumbago.web.environment import SettingError, read_environment
from tests.web.visitor import (
    Server,
    Visitor,
    assert_told_to_nobody,
    django_admin,
    running,
    variables,
)

NAME = "pain.example.org"
DOCS = Path(__file__).parents[2] / "docs"
SECURE = {"Host": NAME, "X-Forwarded-Proto": "https", "Origin": f"https://{NAME}"}
UVICORN = (
    *(sys.executable, "-m", "uvicorn", "lumbago.web.asgi:application", "--port", "{port}"),
    *("--proxy-headers", "--forwarded-allow-ips", "127.0.0.1", "--no-access-log"),
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    data = tmp_path_factory.mktemp("site")
    public = {"LUMBAGO_HOSTS": NAME, "LUMBAGO_SECRET_KEY": secrets.token_urlsafe(50)}
    return variables(data, {**public, "LUMBAGO_BEHIND_PROXY": "1"})


@pytest.fixture(scope="module")
def site(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input"]):
        done = django_admin(environment, *command)
        assert done.returncode == 0, done.stderr
    with running(environment, tmp_path_factory.mktemp("log") / "log", UVICORN) as server:
        yield server


def test_django_s_own_check_finds_nothing(environment: dict[str, str]) -> None:
    told = django_admin(environment, "check", "--deploy", "--fail-level", "WARNING")
    assert (told.returncode, told.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    )


def test_on_one_s_own_machine_it_misses_only_https(tmp_path: Path) -> None:
    told = django_admin(variables(tmp_path), "check", "--deploy").stderr
    found = set(re.findall(r"security\.(W\d+)", told))
    assert found == {"W004", "W008", "W012", "W016"}
    documented = (DOCS / "security.md").read_text(encoding="utf-8")
    assert all(warning in documented for warning in found)


def test_plain_http_leads_to_https(site: Server) -> None:
    answer = Visitor(site.port, {"Host": NAME}).get("/check/")
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{NAME}/check/"
    assert "default-src 'none'" in (answer.headers["Content-Security-Policy"] or "")


def test_everything_over_https_asks_for_https_for_a_year(site: Server) -> None:
    person = Visitor(site.port, SECURE)
    for path in ("/", "/check/", "/result/", "/no/such/place/", "/static/lumbago/lumbago.css"):
        answer = person.get(path)
        assert answer.headers["Strict-Transport-Security"] == (
            "max-age=31536000; includeSubDomains; preload"
        ), path
        assert "default-src 'none'" in (answer.headers["Content-Security-Policy"] or ""), path
    assert person.get("/static/lumbago/lumbago.css").status == 200


def test_cookies_are_of_this_host_and_of_https_alone(site: Server) -> None:
    person = Visitor(site.port, SECURE)
    person.tell("My calf hurts")
    assert set(person.cookies) == {"__Host-lumbago", "__Host-csrf"}
    lines = person.get("/check/words/").headers.get_all("Set-Cookie", [])
    assert lines
    for line in lines:
        assert "Secure" in line
        assert "HttpOnly" in line
        assert "Path=/;" in line
        assert "Domain" not in line


def test_a_form_of_another_site_is_refused(site: Server) -> None:
    person = Visitor(site.port, SECURE)
    person.tell("My calf hurts")
    person.headers["Origin"] = "https://evil.example"
    assert person.post("/check/words/", text="changed").status == 403


def test_another_name_is_refused(site: Server) -> None:
    for name in ("evil.example", "127.0.0.1", "localhost"):
        assert Visitor(site.port, {**SECURE, "Host": name}).get("/").status == 400


def test_deleting_leaves_the_others_alone(site: Server, environment: dict[str, str]) -> None:
    first, second = Visitor(site.port, SECURE), Visitor(site.port, SECURE)
    first.tell("My calf hurts, Pflaumenmus")
    second.tell("My calf hurts, Quittenbrot")
    assert first.post("/privacy/delete/").status == 200
    assert first.get("/result/").status == 400
    assert "Quittenbrot" in second.get("/check/words/").text
    files = [p for p in Path(environment["LUMBAGO_DATA_DIR"]).iterdir() if p.is_file()]
    everything = b"".join(p.read_bytes() for p in files if p.exists())
    assert b"Pflaumenmus" not in everything
    assert b"Quittenbrot" in everything


def test_no_word_reaches_a_log_an_address_or_a_cookie(site: Server) -> None:
    assert_told_to_nobody(Visitor(site.port, SECURE), site)


def test_the_limit_counts_the_visitor_that_the_proxy_names(site: Server) -> None:
    """Last: it uses up what one address may write in a minute."""
    one, other = ({**SECURE, "X-Forwarded-For": f"203.0.113.{n}"} for n in (1, 2))
    seen = [Visitor(site.port, one).post("/check/").status for _ in range(301)]
    assert set(seen[:300]) == {403}
    assert seen[300] == 429
    assert Visitor(site.port, other).post("/check/").status == 403


def test_without_a_proxy_nobody_can_say_to_be_somebody_else(tmp_path: Path) -> None:
    with running(variables(tmp_path / "data"), tmp_path / "log") as server:
        seen = [
            Visitor(server.port, {"X-Forwarded-For": f"203.0.113.{n % 250}"}).post("/check/").status
            for n in range(301)
        ]
    assert set(seen[:300]) == {403}
    assert seen[300] == 429


def test_every_variable_is_documented() -> None:
    source = (DOCS.parent / "src/lumbago/web/environment.py").read_text(encoding="utf-8")
    documented = (DOCS / "deploy.md").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r"LUMBAGO_[A-Z_]+", source))):
        assert f"| `{name}` |" in documented, name


def test_an_empty_variable_is_one_that_is_not_set(tmp_path: Path) -> None:
    names = ("HOSTS", "SECRET_KEY", "DATABASE_URL", "SETTING", "COUNTRY", "BEHIND_PROXY")
    empty = {f"LUMBAGO_{name}": "" for name in names}
    given = read_environment({**empty, "LUMBAGO_DATA_DIR": str(tmp_path)})
    assert not given.public
    assert not given.behind_proxy
    assert given.setting == "public"
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    with pytest.raises(SettingError, match="set LUMBAGO_DATA_DIR to a folder that you own"):
        read_environment({"LUMBAGO_DATA_DIR": str(tmp_path / "secret_key" / "no-folder")})
