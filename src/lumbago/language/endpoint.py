"""Ask a large language model what a text says: off unless an address is given, and only ever to suggest.

Any endpoint that speaks the OpenAI chat protocol will do, on this machine or elsewhere; the person's words
are sent to it. What it names becomes a question to the person. It answers nothing by itself, removes no
finding and lowers no flag.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from lumbago.errors import UserError
from lumbago.knowledge import load_knowledge

__all__ = ["EndpointError", "suggest"]

TIMEOUT_SECONDS = 60.0
#: More suggestions than this are a burden to confirm, not a help.
MOST = 12
INSTRUCTION = (
    "You read a message about pain and list which of the findings below it states about the person now. "
    'Answer with JSON only: {"findings": [{"id": "...", "words": "the exact words that say so"}]}. '
    "Leave out what is denied, feared, past or somebody else's. Findings:\n"
)


class EndpointError(UserError):
    """The endpoint cannot be reached or gave no usable answer."""


def suggest(
    text: str, url: str, model: str, key: str | None = None, timeout: float = TIMEOUT_SECONDS
) -> Mapping[str, str]:
    """Findings that the model sees in a text, each with the words it took them from.

    Only findings that exist, with words that stand in the text, are kept.

    Args:
        url: Base address, such as http://localhost:11434/v1.
        key: Bearer token, if the endpoint wants one.

    Raises:
        EndpointError: If the endpoint cannot be reached or does not answer in its protocol.
    """
    if not url.startswith(("http://", "https://")):
        raise EndpointError(f"the endpoint must be an http or https address; got {url!r}")
    findings = load_knowledge().findings
    listed = "\n".join(f"{f.id}: {f.question}" for f in findings if f.kind == "yes_no")
    body = {
        "model": model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": INSTRUCTION + listed},
            {"role": "user", "content": text},
        ],
    }
    answer = _post(f"{url.rstrip('/')}/chat/completions", body, key, timeout)
    try:
        content = answer["choices"][0]["message"]["content"]
        named = json.loads(content[content.index("{") : content.rindex("}") + 1])["findings"]
        pairs = [(str(item["id"]), str(item["words"])) for item in named]
    except (KeyError, IndexError, TypeError, ValueError):
        raise EndpointError(f"{url} did not answer with the findings that were asked for") from None
    known = {f.id for f in findings if f.kind == "yes_no"}
    lower = text.lower()
    kept = {
        name: words for name, words in pairs if name in known and words.lower() in lower and words
    }
    return dict(list(kept.items())[:MOST])


def _post(url: str, body: Mapping[str, Any], key: str | None, timeout: float) -> Any:
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return json.load(response)
    except (urllib.error.URLError, TimeoutError, ValueError, OSError) as error:
        raise EndpointError(f"{url} cannot be used: {error}") from None
