"""Remember what was found in the sentences of late, so that a text that grows costs its new sentence only.

What is remembered must follow from the sentence alone. It holds people's words: `forget` empties it all.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

__all__ = ["Memory", "forget"]

Found = TypeVar("Found")
#: Sentences that are remembered: those of about a hundred people who write at the same time.
MOST = 1_000
_MEMORIES: list["Memory[Any]"] = []


class Memory(Generic[Found]):
    """What a search found in each of the last sentences that it was asked about.

    Args:
        search: Finds something in each of several sentences, in their order.
    """

    def __init__(self, search: Callable[[Sequence[str]], Iterable[Found]]) -> None:
        self._search = search
        self._held: OrderedDict[str, Found] = OrderedDict()
        self._lock = Lock()
        _MEMORIES.append(self)

    def of(self, sentences: Sequence[str]) -> list[Found]:
        """What is found in each sentence; only those that are not remembered are searched."""
        with self._lock:
            known = {s: self._held[s] for s in sentences if s in self._held}
        new = [s for s in dict.fromkeys(sentences) if s not in known]
        known.update(zip(new, self._search(new), strict=True))
        self._remember(known)
        return [known[s] for s in sentences]

    def _remember(self, known: dict[str, Found]) -> None:
        with self._lock:
            for sentence, found in known.items():
                self._held[sentence] = found
                self._held.move_to_end(sentence)
            while len(self._held) > MOST:
                self._held.popitem(last=False)

    def clear(self) -> None:
        """Forget every sentence."""
        with self._lock:
            self._held.clear()


def forget() -> None:
    """Forget every sentence that anything here remembers."""
    for memory in _MEMORIES:
        memory.clear()
