"""A real server that speaks the chat protocol: suggestions become questions, never answers."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from lumbago import Interview
from lumbago.language.endpoint import EndpointError, suggest

TEXT = "my calf hurts after the run and the sheets were on the line again, i have a fever"


class Chat(BaseHTTPRequestHandler):
    """Answers with whatever `content` the test has set."""

    content = ""
    seen: ClassVar[dict[str, object]] = {}

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        type(self).seen = json.loads(self.rfile.read(length))
        reply = {"choices": [{"message": {"content": type(self).content}}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(reply).encode())

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_suggestions_are_confirmed_and_never_answer_by_themselves(url: str) -> None:
    Chat.content = (
        'Sure: {"findings": [{"id": "night_sweats", "words": "the sheets"}, '
        '{"id": "no_such_thing", "words": "run"}, {"id": "weight_loss", "words": "not in the text"}, '
        '{"id": "fever", "words": "fever"}]}'
    )
    found = suggest(TEXT, url, "any")
    assert found == {"night_sweats": "the sheets", "fever": "fever"}
    assert Chat.seen["model"] == "any"
    plain = Interview(TEXT, age=40, sex="male")
    helped = Interview(TEXT, age=40, sex="male", suggestions=found)
    assert helped.intake.case == plain.intake.case
    assert helped.intake.case.findings["fever"] == "yes"
    page = helped.ask()
    assert page is not None
    assert "night_sweats" in {q.id for q in page.questions}
    assert helped.assessment().disposition == plain.assessment().disposition


@pytest.mark.parametrize("content", ["", "no idea", '{"findings": 3}', '{"findings": [{"id": 1}]}'])
def test_an_unusable_answer_is_one_clear_error(url: str, content: str) -> None:
    Chat.content = content
    with pytest.raises(EndpointError, match="did not answer"):
        suggest(TEXT, url, "any")


@pytest.mark.parametrize("address", ["ftp://x", "http://127.0.0.1:9/v1"])
def test_an_endpoint_that_is_not_there_is_one_clear_error(address: str) -> None:
    with pytest.raises(EndpointError):
        suggest(TEXT, address, "any", timeout=2)
