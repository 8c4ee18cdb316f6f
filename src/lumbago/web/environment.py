"""What the environment may set. Nothing needs to be: on one's own machine the defaults are right."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from lumbago.case import SETTINGS, Setting
from lumbago.errors import UserError
from lumbago.web.accounts.environment import AccountSettings, read_accounts

__all__ = ["Environment", "SettingError", "read_environment"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]")
DATABASES = ("postgres://", "postgresql://", "sqlite:///")
#: Characters of a secret key of a public site, at least.
KEY_LENGTH = 50
#: A fast person makes about fifty (each answer that is chosen is looked at); a household shares an address.
WRITES_PER_MINUTE = 300


class SettingError(UserError):
    """A variable of the environment that cannot be used."""


@dataclass(frozen=True)
class Environment:
    """Settings of one installation.

    Attributes:
        data: Folder of the database and the secret key.
        database: Address of another database, such as postgres://user:password@host/name.
        hosts: Names under which the site is reached. Naming any makes it a public site: HTTPS only.
        setting: Where its visitors are seen, which moves the chance of each cause.
        country: Country whose phone numbers are shown if the browser names none.
        behind_proxy: Whether a proxy in front speaks HTTPS and says so in X-Forwarded-Proto.
        writes_per_minute: Writes that one address may make in a minute; more are refused for a while.
        accounts: How people sign in; None where there are no accounts.
    """

    data: Path
    secret_key: str
    database: str | None
    hosts: tuple[str, ...]
    setting: Setting
    country: str | None
    behind_proxy: bool
    writes_per_minute: int
    accounts: AccountSettings | None

    @property
    def public(self) -> bool:
        """Whether this is a site for many people rather than one's own machine."""
        return bool(self.hosts)

    @property
    def own_machine(self) -> bool:
        """Whether all that is stored belongs to one person, who needs no account."""
        return not self.public and self.accounts is None

    @property
    def allowed_hosts(self) -> list[str]:
        """Names that a request may ask for; any other is refused, which closes DNS rebinding."""
        return list(self.hosts or LOOPBACK)


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """The settings that the environment names.

    Raises:
        SettingError: If a variable holds something that cannot be, or a public site has no secret key.
    """
    data = Path(variables.get("LUMBAGO_DATA_DIR") or user_data_path("lumbago"))
    hosts = tuple(h.strip() for h in variables.get("LUMBAGO_HOSTS", "").split(",") if h.strip())
    for host in hosts:
        if not HOST.fullmatch(host):
            raise SettingError(
                f"LUMBAGO_HOSTS lists names such as pain.example.org, with commas between; got {host!r}"
            )
    database = variables.get("LUMBAGO_DATABASE_URL") or None
    if database is not None and not database.startswith(DATABASES):
        raise SettingError(
            "LUMBAGO_DATABASE_URL is an address such as postgres://user:password@host/name"
        )
    behind_proxy = variables.get("LUMBAGO_BEHIND_PROXY") or "0"
    if behind_proxy not in ("0", "1"):
        raise SettingError(f"LUMBAGO_BEHIND_PROXY can be 0 or 1; got {behind_proxy!r}")
    setting = variables.get("LUMBAGO_SETTING") or "public"
    if setting not in SETTINGS:
        allowed = ", ".join(SETTINGS)
        raise SettingError(f"LUMBAGO_SETTING can be {allowed}; got {setting!r}")
    writes = variables.get("LUMBAGO_WRITES_PER_MINUTE") or str(WRITES_PER_MINUTE)
    if not writes.isdecimal() or int(writes) < 1:
        raise SettingError(f"LUMBAGO_WRITES_PER_MINUTE is a whole number from 1; got {writes!r}")
    return Environment(
        data=data,
        secret_key=_secret_key(variables.get("LUMBAGO_SECRET_KEY"), data, public=bool(hosts)),
        database=database,
        hosts=hosts,
        setting=setting,  # type: ignore[arg-type]  # checked above
        country=variables.get("LUMBAGO_COUNTRY") or None,
        behind_proxy=behind_proxy == "1",
        writes_per_minute=int(writes),
        accounts=read_accounts(variables),
    )


def _secret_key(given: str | None, data: Path, *, public: bool) -> str:
    """The key that signs cookies: given for a public site, else made once and kept."""
    if given and not (public and len(given) < KEY_LENGTH):
        return given
    if public:
        raise SettingError(
            f"a public site (LUMBAGO_HOSTS) needs LUMBAGO_SECRET_KEY: at least {KEY_LENGTH} random "
            "characters, the same for every server process"
        )
    path = data / "secret_key"
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            part = data / f"secret_key.{os.getpid()}"
            part.touch(mode=0o600)
            part.write_text(secrets.token_urlsafe(50), encoding="ascii")
            os.replace(part, path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise SettingError(
            f"{path}: cannot be used ({error.strerror}); set LUMBAGO_DATA_DIR to a folder that you own"
        ) from None
