"""`lumbago web`: prepare the data folder, say the address, open the browser, serve until stopped."""

import argparse
import os
import socket
import threading
import time
import urllib.request
import webbrowser
from typing import TYPE_CHECKING

from lumbago.errors import UserError

if TYPE_CHECKING:
    import uvicorn

__all__ = ["ServeError", "prepare", "run"]

#: How long a start may take before the browser is opened all the same.
PATIENCE_S = 20
#: Connections that may wait for the application to load.
WAITING = 128


class ServeError(UserError):
    """The server cannot start as asked."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted; with `--check`, only until the first page has answered."""
    if os.name == "posix":
        os.umask(0o077)  # what is written is for this user alone
    prepare(arguments.host)
    import uvicorn  # only with the web part installed, which `prepare` has seen to
    from django.conf import settings

    listening = _listen(arguments.host, arguments.port)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    address = f"http://{host}:{listening.getsockname()[1]}/"
    print(f"lumbago is at {address}  (stop it with Ctrl+C)", flush=True)
    config = uvicorn.Config(
        "lumbago.web.asgi:application",
        log_level="warning",
        access_log=False,
        server_header=False,
        log_config=None,  # ours, which holds no answers
        proxy_headers=settings.ENVIRONMENT.behind_proxy,  # else anybody could say to be somebody else
        lifespan="on",
    )
    server = uvicorn.Server(config)
    if arguments.check:
        return _check(server, listening, address)
    if not arguments.no_browser:
        threading.Thread(target=_open_browser, args=(address,), daemon=True).start()
    server.run(sockets=[listening])
    return 0


def prepare(host: str = "127.0.0.1") -> None:
    """Settings, database and style files: everything that a first start needs.

    Raises:
        ServeError: If the web part is not installed, or a public address is asked for without its settings.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbago.web.settings")
    try:
        import django
        from django.conf import settings
    except ModuleNotFoundError:
        raise ServeError("the web app is not installed; run: pip install 'lumbago[web]'") from None
    environment = settings.ENVIRONMENT
    if host not in ("127.0.0.1", "localhost", "::1") and not environment.public:
        raise ServeError(
            f"--host {host} would let other computers in; set LUMBAGO_HOSTS to the site's names first "
            "(see docs/deploy.md), or leave --host out"
        )
    django.setup()
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        environment.data.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
    except OSError as error:
        raise ServeError(
            f"{environment.data}: cannot be written ({error.strerror}); set LUMBAGO_DATA_DIR to a "
            "folder that you own"
        ) from None
    except OperationalError as error:
        raise ServeError(f"the database cannot be used: {str(error).splitlines()[0]}") from None


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise ServeError(f"--port is a number from 0 to 65535, for example 8001; got {port}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Unless the protocol is named, asyncio leaves Nagle's delay on: half a page can wait 40 ms for the other.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # From here on nobody else can take the port, and who comes while the application loads waits.
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise ServeError(
            f"cannot listen on {host}:{port} ({error.strerror}); another program may be using it: "
            "try --port 8001"
        ) from None
    return listening


def _open_browser(address: str) -> None:
    """Open the first page in a graphical browser, if there is one."""
    if not _answers(address):
        return
    try:
        webbrowser.get()
    except webbrowser.Error:
        return
    if os.name == "posix" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or _is_mac()
    ):
        return  # a browser of the terminal would take the terminal away
    webbrowser.open(address)


def _is_mac() -> bool:
    return os.uname().sysname == "Darwin"


def _answers(address: str) -> bool:
    """Whether the first page comes within the patience that we have."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def _check(server: "uvicorn.Server", listening: socket.socket, address: str) -> int:
    """Serve just long enough to see the first page."""
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    good = _answers(address)
    server.should_exit = True
    thread.join(timeout=10)
    print("the first page answered" if good else "the first page did not answer", flush=True)
    return 0 if good else 1
