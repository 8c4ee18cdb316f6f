"""People for Locust: each goes through whole checks of a pain, about one request a second."""

import itertools
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from locust import FastHttpUser, between, task

ROOT = Path(__file__).parents[1]
PEOPLE = yaml.safe_load((ROOT / "tests" / "web" / "people.yaml").read_text(encoding="utf-8"))
NUMBERS = itertools.count()


class Visitor(FastHttpUser):
    """Somebody with a pain, from the first page to the result, again and again."""

    wait_time = between(0.5, 1.5)

    def on_start(self) -> None:
        number = next(NUMBERS)
        # Everybody comes from an address of their own, as behind a proxy.
        self.origin = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
        self.random = random.Random(number)
        self.steps = self.journeys()

    @task
    def step(self) -> None:
        next(self.steps)

    def journeys(self) -> Iterator[None]:
        while True:
            yield from self.check(self.random.choice(PEOPLE))

    def get(self, path: str) -> Any:
        name = re.sub(r"\d+", "N", path)
        return self.client.get(path, name=name, headers=self.origin, allow_redirects=False)

    def post(self, path: str, fields: dict[str, Any]) -> Any:
        token = next(c.value for c in self.client.cookiejar if c.name == "csrftoken")
        data = {**fields, "csrfmiddlewaretoken": self.form_token}
        headers = {**self.origin, "X-CSRFToken": token}
        name = re.sub(r"\d+", "N", path)
        return self.client.post(path, data=data, name=name, headers=headers, allow_redirects=False)

    def see(self, path: str) -> str:
        page = self.get(path).text or ""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        self.form_token = found[1] if found else ""
        return page

    def check(self, person: dict[str, Any]) -> Iterator[None]:
        self.see("/")
        yield
        self.see("/check/?new")
        yield
        self.post("/check/", {"new": "yes", "age": person["age"], "sex": person["sex"]})
        yield
        self.see("/check/where/")
        yield
        zones = {f"pain-{zone}": pain for zone, pain in person["zones"].items()}
        self.post("/check/where/", zones)
        yield
        self.see("/check/words/")
        yield
        for words in self.typed(person["words"]):
            self.post("/check/words/understood/", {"text": words})
            yield
        onward = self.post("/check/words/", {"text": words}).headers.get("Location", "")
        yield
        while "/check/questions/" in onward:
            page = self.see(onward)
            yield
            onward = self.post(onward, _answers(page, person)).headers.get("Location", "")
            yield
        self.see(onward)
        yield
        self.see("/result/")
        yield

    def typed(self, words: str) -> Iterator[str]:
        """The text as it stands at each pause: a sentence more each time.

        Nobody writes what somebody else has written, so that no sentence comes out of a memory but one's own.
        """
        written = ""
        for sentence in re.findall(r"[^.!?]+[.!?]*", words):
            day = self.random.randrange(10**6)
            written += f"{sentence.rstrip('.!? ')} on day {day}."
            yield written.strip()


def _answers(page: str, person: dict[str, Any]) -> dict[str, str]:
    has = set(person.get("has", []))
    answers = {}
    for name in sorted(set(re.findall(r'name="q-(\w+)"', page))):
        values = re.findall(rf'name="q-{name}" value="(\w+)"', page)
        wanted = "yes" if name in has else "no"
        answers[f"q-{name}"] = wanted if wanted in values else values[-1] if values else ""
    return answers


class Greeter(FastHttpUser):
    """Somebody who asks a bare Django page for its greeting."""

    wait_time = between(0.5, 1.5)

    @task
    def hello(self) -> None:
        self.client.get("/")


if __name__ == "__main__":
    sys.exit("run benchmarks/web.py")
