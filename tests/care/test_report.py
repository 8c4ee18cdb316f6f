"""The page of all plans: every condition on it, every line once, nothing unescaped, evidence beside it."""

from html.parser import HTMLParser

from lumbago.care.plan import plan_for
from lumbago.care.report import plans_report
from lumbago.care.stages import STAGES
from lumbago.knowledge import load_knowledge

PAGE = plans_report()


class Reader(HTMLParser):
    """Collects ids, words, and whether every element is closed."""

    VOID = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read() -> Reader:
    reader = Reader()
    reader.feed(PAGE)
    return reader


def test_every_condition_stands_on_the_page_and_the_page_is_well_formed() -> None:
    reader = read()
    assert reader.open == []
    assert sorted(reader.ids) == sorted(c.id for c in load_knowledge().conditions)


def test_every_line_of_every_plan_can_be_read_there() -> None:
    words = set(read().words)
    lacking = {
        line.text
        for c in load_knowledge().conditions
        for stage in STAGES
        for line in plan_for(c.id, stage).lines
        if line.text not in words
    }
    assert lacking == set()


def test_the_page_needs_no_other_file() -> None:
    assert "src=" not in PAGE
    assert "<link" not in PAGE
    assert "http" not in PAGE.split("</style>")[0]
