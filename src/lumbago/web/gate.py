"""What stands before Django: what a start does, and how much may be sent.

Django would take a body of any length to disk before it looks at its limit.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from lumbago.web.archive import LARGEST_FILE
from lumbago.web.prevent.upload import LARGEST_FILE as MEASURED

__all__ = ["gate"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
#: Where more may be sent than elsewhere: a record, taken back.
LARGER = {
    "/record/import/": LARGEST_FILE + 10_000,  # the form around the file, too
    # Twice the limit of the page, so that a file a little too long gets the sentence of the page.
    "/prevent/job/": 2 * MEASURED,
    "/prevent/running/": 2 * MEASURED,
    "/prevent/vibration/": 2 * MEASURED,
}
Application = Callable[
    ..., Awaitable[None]
]  # servers and frameworks name its arguments differently


def gate(application: Application, *, at_start: Callable[[], None]) -> Application:
    """The application, given only bodies that it may read; `at_start` is called once a process."""

    async def handle(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send, at_start)
        elif scope["type"] == "http":
            most = LARGER.get(scope["path"], settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            scope, receive = await _measured(scope, receive, most)
            await application(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    return handle


async def _live(receive: Receive, send: Send, at_start: Callable[[], None]) -> None:
    await receive()
    try:
        await asyncio.to_thread(at_start)
    except Exception:  # a start must not hang on it: the site says itself what is wrong
        logging.getLogger("lumbago.web").exception("start")
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def _measured(
    scope: MutableMapping[str, Any], receive: Receive, most: int
) -> tuple[MutableMapping[str, Any], Receive]:
    """The request with its whole body; one that is too long keeps its length alone, and is refused."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return scope, _first(message, receive)
        body += message.get("body", b"")
        if len(body) > most:
            return _too_long(scope, len(body)), _first({"type": "http.request"}, receive)
        if not message.get("more_body", False):
            return scope, _first({"type": "http.request", "body": bytes(body)}, receive)


def _too_long(scope: MutableMapping[str, Any], length: int) -> MutableMapping[str, Any]:
    """What makes Django answer with its page for a request that is too long."""
    about = {
        b"content-length": str(length).encode(),
        b"content-type": b"application/x-www-form-urlencoded",
    }
    others = [(name, value) for name, value in scope["headers"] if name not in about]
    return {**scope, "headers": [*others, *about.items()]}


def _first(message: Message, receive: Receive) -> Receive:
    """Give this message, then only the end of the connection: the rest of a body is thrown away."""
    waiting = [message]

    async def give() -> Message:
        given = waiting.pop() if waiting else await receive()
        while given is not message and given["type"] == "http.request":
            given = await receive()
        return given

    return give
