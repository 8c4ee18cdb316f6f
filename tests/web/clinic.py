"""A site with accounts, in a process of its own, and people who have one there."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.web.visitor import Server, Visitor, django_admin, running, variables

__all__ = ["PASSWORD", "Clinic", "clinic", "elsewhere", "signed_in", "stranger"]

PASSWORD = "seven green bicycles"
_NUMBERS = count(1)
#: Makes accounts with a confirmed address, as `{address: role}`.
MAKE = """
import json
from allauth.account.models import EmailAddress
from lumbago.web.accounts.models import Account
for email, role in json.loads({people!r}).items():
    account = Account.objects.create_user(email, {password!r}, role=role)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
"""


@dataclass(frozen=True)
class Clinic:
    """The site, and what its processes are given."""

    server: Server
    environment: Mapping[str, str]

    def run(self, code: str) -> Any:
        """What Python of the site's own prints as JSON."""
        return _run(self.environment, code)

    def visitor(self, email: str | None = None) -> Visitor:
        """Somebody at the site, signed in if they have an address."""
        return signed_in(self.server.port, email) if email else stranger(self.server.port)


def _run(environment: Mapping[str, str], code: str) -> Any:
    done = django_admin(environment, "shell", "-v", "0", "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout.strip() else None


@contextmanager
def clinic(
    folder: Path, people: Mapping[str, str], more: Mapping[str, str] | None = None
) -> Iterator[Clinic]:
    """A site with these accounts, each with its role."""
    given = {"LUMBAGO_ACCOUNTS": "1", "LUMBAGO_WRITES_PER_MINUTE": "100000"}
    given |= {
        "LUMBAGO_BEHIND_PROXY": "1",
        **(more or {}),
    }  # so that each visitor comes from elsewhere
    environment = variables(folder / "data", given)
    with running(environment, folder / "log") as server:
        _run(environment, MAKE.format(people=json.dumps(people), password=PASSWORD))
        yield Clinic(server, environment)


def elsewhere() -> dict[str, str]:
    """The header of a proxy for somebody who comes from an address of their own."""
    number = next(_NUMBERS)
    return {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}


def stranger(port: int) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(port, elsewhere())


def signed_in(port: int, email: str) -> Visitor:
    """Somebody who has just signed in."""
    person = stranger(port)
    person.get("/account/login/")
    answer = person.post("/account/login/", login=email, password=PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (302, "/record/"), answer.text
    return person
