"""What the environment may set about accounts: whether there are any, mail, and another sign-in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lumbago.errors import UserError

__all__ = ["AccountSettingError", "AccountSettings", "Mail", "Provider", "read_accounts"]

PROVIDER = ("LUMBAGO_OIDC_ISSUER", "LUMBAGO_OIDC_CLIENT_ID", "LUMBAGO_OIDC_CLIENT_SECRET")
ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class AccountSettingError(UserError):
    """A variable about accounts that cannot be used."""


@dataclass(frozen=True)
class Mail:
    """A mail server.

    Attributes:
        tls: From the first byte (smtps), or once the server says that it can (smtp).
    """

    host: str
    port: int
    user: str
    password: str
    tls: bool


@dataclass(frozen=True)
class Provider:
    """Another place to sign in at, by OpenID Connect.

    Attributes:
        issuer: Its address, under which `/.well-known/openid-configuration` lies.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: where a form may lead."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class AccountSettings:
    """How people sign in.

    Attributes:
        mail: None to print mail to the console, which is for trying out.
        sender: Address that mail comes from.
    """

    mail: Mail | None
    sender: str
    provider: Provider | None


def read_accounts(variables: Mapping[str, str]) -> AccountSettings | None:
    """How people sign in; None where there are no accounts.

    Raises:
        AccountSettingError: If a variable holds something that cannot be.
    """
    wanted = variables.get("LUMBAGO_ACCOUNTS") or "0"
    if wanted not in ("0", "1"):
        raise AccountSettingError(f"LUMBAGO_ACCOUNTS can be 0 or 1; got {wanted!r}")
    if wanted == "0":
        return None
    sender = variables.get("LUMBAGO_EMAIL_FROM") or "lumbago@localhost"
    if not ADDRESS.fullmatch(sender):
        raise AccountSettingError(
            f"LUMBAGO_EMAIL_FROM is an address such as pain@example.org; got {sender!r}"
        )
    return AccountSettings(_mail(variables.get("LUMBAGO_EMAIL_URL")), sender, _provider(variables))


def _mail(address: str | None) -> Mail | None:
    if not address:
        return None
    fault = "LUMBAGO_EMAIL_URL is an address such as smtp://user:password@mail.example.org:587"
    parts = urlsplit(address)
    try:
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError:
        raise AccountSettingError(fault) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise AccountSettingError(fault)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, port, user, password, parts.scheme == "smtps")


def _provider(variables: Mapping[str, str]) -> Provider | None:
    given = [variables.get(name) or "" for name in PROVIDER]
    if not any(given):
        return None
    missing = [name for name, value in zip(PROVIDER, given, strict=True) if not value]
    if missing:
        raise AccountSettingError(f"{missing[0]} is missing: {', '.join(PROVIDER)} go together")
    parts = urlsplit(given[0])
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in LOOPBACK and parts.netloc
    ):
        raise AccountSettingError(
            "LUMBAGO_OIDC_ISSUER is an address such as https://id.example.org"
        )
    name = variables.get("LUMBAGO_OIDC_NAME") or parts.hostname or ""
    return Provider(given[0].rstrip("/"), given[1], given[2], name)
