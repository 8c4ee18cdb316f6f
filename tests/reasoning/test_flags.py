"""Three-valued logic of the flag rules: yes, no, not known."""

import random
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.case import REGIONS, Case
from lumbago.knowledge import Knowledge
from lumbago.knowledge.expression import Age, AtLeast, Atom, Expression, Not, atoms, parse
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import FlagRule, evaluate, fired, missing
from tests.synthetic import random_case

YES_NO = ("a", "b", "c", "d")
CHOICES = ("acute", "weeks", "months")
ANSWERS = {"yes": True, "no": False, None: None}


def case_with(**answers: str | None) -> Case:
    return Case(findings={name: value for name, value in answers.items() if value is not None})


# Truth tables


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        ("yes", "yes", True, True),
        ("yes", "no", False, True),
        ("yes", None, None, True),
        ("no", "yes", False, True),
        ("no", "no", False, False),
        ("no", None, False, None),
        (None, "yes", None, True),
        (None, "no", False, None),
        (None, None, None, None),
    ],
)
def test_truth_table_of_and_or(a: str, b: str, both: bool | None, either: bool | None) -> None:
    case = case_with(a=a, b=b)
    assert evaluate(parse("a and b"), case) is both
    assert evaluate(parse("b and a"), case) is both
    assert evaluate(parse("a or b"), case) is either
    assert evaluate(parse("not (not a or not b)"), case) is both


@pytest.mark.parametrize(("a", "opposite"), [("yes", False), ("no", True), (None, None)])
def test_truth_table_of_not(a: str | None, opposite: bool | None) -> None:
    assert evaluate(parse("not a"), case_with(a=a)) is opposite


@pytest.mark.parametrize("a", ANSWERS)
@pytest.mark.parametrize("b", ANSWERS)
@pytest.mark.parametrize("c", ANSWERS)
def test_truth_table_of_at_least_two_of_three(a: str, b: str, c: str) -> None:
    answers = [ANSWERS[x] for x in (a, b, c)]
    expected = {True: True, False: None}[answers.count(True) >= 2]
    if answers.count(False) >= 2:
        expected = False
    assert evaluate(parse("at_least(2, a, b, c)"), case_with(a=a, b=b, c=c)) is expected


@pytest.mark.parametrize(
    ("text", "age", "expected"),
    [
        ("age >= 50", 50, True),
        ("age >= 50", 49, False),
        ("age > 50", 50, False),
        ("age > 50", 51, True),
        ("age <= 11", 11, True),
        ("age <= 11", 12, False),
        ("age < 18", 17, True),
        ("age < 18", 18, False),
        ("age < 18", 0, True),
        ("age >= 50", 120, True),
        ("age >= 50", None, None),
    ],
)
def test_age_is_compared_in_whole_years(text: str, age: int | None, expected: bool | None) -> None:
    assert evaluate(parse(text), Case(age=age)) is expected


def test_sex_and_region_are_unknown_until_given() -> None:
    female, calf = parse('sex == "female"'), parse('region == "calf"')
    assert evaluate(female, Case()) is None
    assert evaluate(female, Case(sex="female")) is True
    assert evaluate(female, Case(sex="male")) is False
    assert evaluate(calf, Case()) is None
    assert evaluate(calf, Case(regions=("leg", "calf"))) is True
    assert evaluate(calf, Case(regions=("neck",))) is False


def test_choice_is_no_when_another_category_is_known() -> None:
    expression = parse('d == "months"')
    assert evaluate(expression, case_with(d="months")) is True
    assert evaluate(expression, case_with(d="acute")) is False
    assert evaluate(expression, Case()) is None


# Properties of any expression

names = st.sampled_from(YES_NO)
leaves = st.one_of(
    st.builds(Atom, names, st.just("yes")),
    st.builds(Atom, st.just("choice"), st.sampled_from(CHOICES)),
    st.builds(Atom, st.just("sex"), st.sampled_from(("female", "male"))),
    st.builds(Atom, st.just("region"), st.sampled_from(REGIONS)),
    st.builds(lambda x, y: Age(min(x, y), max(x, y)), st.integers(0, 120), st.integers(0, 120)),
)


def deeper(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Not, inner),
        parts.flatmap(lambda p: st.builds(AtLeast, st.integers(1, len(p)), st.just(p))),
    )


expressions = st.recursive(leaves, deeper, max_leaves=12)
complete = st.builds(
    lambda age, sex, regions, answers, choice: Case(
        age,
        sex,
        "public",
        tuple(regions),
        {**dict(zip(YES_NO, answers, strict=True)), "choice": choice},
    ),
    st.integers(0, 120),
    st.sampled_from(("female", "male")),
    st.sets(st.sampled_from(REGIONS), min_size=1).map(sorted),
    st.tuples(*[st.sampled_from(("yes", "no"))] * len(YES_NO)),
    st.sampled_from(CHOICES),
)
#: What is forgotten of a complete case: age, sex, regions, and each of the five findings.
forgotten = st.tuples(*[st.booleans()] * 8)


def forget(case: Case, mask: tuple[bool, ...]) -> Case:
    kept = {f: v for (f, v), gone in zip(case.findings.items(), mask[3:], strict=True) if not gone}
    return Case(
        None if mask[0] else case.age,
        None if mask[1] else case.sex,
        case.setting,
        () if mask[2] else case.regions,
        kept,
    )


def two_valued(expression: Expression, case: Case) -> bool:
    """The ordinary logic of a case in which everything is known."""
    match expression:
        case Atom("sex", value):
            return case.sex == value
        case Atom("region", value):
            return value in case.regions
        case Atom(name, value):
            return case.findings[name] == value
        case Age(low, high):
            return case.age is not None and case.age >= low and case.age <= high
        case Not(part):
            return not two_valued(part, case)
        case AtLeast(count, parts):
            return sum(two_valued(part, case) for part in parts) >= count


@settings(max_examples=400)
@given(expressions, complete)
def test_complete_case_follows_two_valued_logic(expression: Expression, case: Case) -> None:
    assert evaluate(expression, case) is two_valued(expression, case)


@settings(max_examples=400)
@given(expressions, complete, forgotten, forgotten)
def test_yes_and_no_never_flip_when_more_is_known(
    expression: Expression, case: Case, mask: tuple[bool, ...], more: tuple[bool, ...]
) -> None:
    least = tuple(x or y for x, y in zip(mask, more, strict=True))
    answers = [evaluate(expression, forget(case, m)) for m in (least, mask, (False,) * 8)]
    for before, after in pairwise(answers):
        assert before is None or after is before


@settings(max_examples=200)
@given(expressions, complete, forgotten)
def test_negation_is_the_opposite(
    expression: Expression, case: Case, mask: tuple[bool, ...]
) -> None:
    partly = forget(case, mask)
    inner = evaluate(expression, partly)
    assert evaluate(Not(expression), partly) is (None if inner is None else not inner)
    assert evaluate(Not(Not(expression)), partly) is inner


@settings(max_examples=300, deadline=None)
@given(st.lists(expressions, max_size=4), complete, forgotten)
def test_fired_holds_the_rules_that_evaluate_to_yes(
    several: list[Expression], case: Case, mask: tuple[bool, ...]
) -> None:
    """`fired` uses the rules multiplied out into terms; `evaluate` is their plain meaning."""
    rules = [FlagRule(str(i), i % 3, when, "") for i, when in enumerate(several)]
    partly = forget(case, mask)
    expected = {r.id for r in rules if evaluate(r.when, partly) is True}
    found = fired(rules, partly)
    assert {r.id for r in found} == expected
    assert [r.level for r in found] == sorted(r.level for r in found)


@settings(max_examples=300, deadline=None)
@given(expressions, complete, forgotten, st.integers(1, 2))
def test_missing_answers_would_make_the_rule_hold(
    expression: Expression, case: Case, mask: tuple[bool, ...], count: int
) -> None:
    rule, partly = FlagRule("rule", 1, expression, ""), forget(case, mask)
    found = [answers for _, answers in missing([rule], partly, count, below=99)]
    for answers in found:
        assert len(answers) == count
        assert not set(answers) & set(partly.findings)
        assert evaluate(expression, partly.having(answers)) is True
    if all(positive for _, positive in atoms(expression)):
        listed = {frozenset(answers.items()) for answers in found}
        assert smallest_sets(expression, partly, count) <= listed


def smallest_sets(expression: Expression, case: Case, count: int) -> set[frozenset[Any]]:
    """By trial: sets of `count` unknown answers that make the rule hold, each of them needed."""
    open_answers = sorted(
        {
            (atom.name, atom.value)
            for atom, _ in atoms(expression)
            if atom.name not in ("sex", "region") and atom.name not in case.findings
        }
    )
    return {
        frozenset(chosen)
        for chosen in combinations(open_answers, count)
        if len({name for name, _ in chosen}) == count
        and evaluate(expression, case.having(dict(chosen)))
        and not any(
            evaluate(expression, case.having(dict(fewer)))
            for fewer in combinations(chosen, count - 1)
        )
    }


def test_fired_gives_the_most_urgent_first() -> None:
    rules = [
        FlagRule("late", 3, parse("a"), ""),
        FlagRule("now", 0, parse("a and b"), ""),
        FlagRule("open", 0, parse("a and c"), ""),
    ]
    assert [r.id for r in fired(rules, case_with(a="yes", b="yes"))] == ["now", "late"]
    assert fired(rules, Case()) == []
    assert fired([], Case()) == []


# The packaged rules, read once more by Python itself


class Answer(str):
    """A known answer: equal to its category, and true if it is "yes"."""

    def __bool__(self) -> bool:
        return self == "yes"


class Among(tuple[str, ...]):
    """Regions of pain: equal to each of them."""

    __hash__ = None  # type: ignore[assignment]  # equal to several strings: it has no hash

    def __eq__(self, other: object) -> bool:
        return other in tuple(self)


def holds_in_python(text: str, case: Case) -> bool:
    facts = {name: Answer(value) for name, value in case.findings.items()}
    known = SimpleNamespace(age=case.age, sex=case.sex, region=Among(case.regions))

    def at_least(count: int, *parts: object) -> bool:
        return sum(map(bool, parts)) >= count

    return bool(eval(" ".join(text.split()), {"at_least": at_least, **facts, **vars(known)}))


def test_packaged_rules_mean_what_python_reads(knowledge: Knowledge) -> None:
    rng = random.Random(1)
    for _ in range(60):
        yes = rng.choice([0.1, 0.5, 0.9])
        case = Case(
            rng.randint(0, 120),
            rng.choice(("female", "male")),
            "public",
            tuple(rng.sample(REGIONS, rng.randint(1, 3))),
            {
                f.id: rng.choice(f.values)
                if f.kind == "choice"
                else ("no", "yes")[rng.random() < yes]
                for f in knowledge.findings
            },
        )
        for rule in knowledge.rules:
            expected = holds_in_python(rule.when, case)
            assert evaluate(parse(rule.when), case) is expected, rule.id


def test_packaged_rules_never_flip_when_more_is_known(knowledge: Knowledge) -> None:
    rng = random.Random(2)
    parsed = [parse(rule.when) for rule in knowledge.rules]
    for _ in range(40):
        case = random_case(rng, knowledge, most=60)
        unknown = [f for f in knowledge.findings if f.id not in case.findings]
        more = case.having({f.id: rng.choice(f.values) for f in rng.sample(unknown, 80)})
        for expression in parsed:
            before = evaluate(expression, case)
            assert before is None or evaluate(expression, more) is before


JOLTED = {"whiplash_mechanism": "yes", "neck_pain": "yes", "unable_rotate_45": "yes"}


@pytest.mark.parametrize(
    ("more", "least"),
    [
        ({}, "urgent"),
        ({"duration": "under_1_week"}, "emergency"),
        ({"sudden_onset": "yes"}, "emergency"),
        ({"duration": "weeks_1_to_6"}, "urgent"),
    ],
)
def test_a_neck_that_cannot_turn_since_a_jolt_is_seen_today_or_sooner(
    knowledge: Knowledge, more: dict[str, str], least: str
) -> None:
    """The Canadian C-spine rule images it when fresh; a time that nobody told is not taken for old."""
    case = Case(age=40, regions=("neck",), findings={**JOLTED, **more})
    firing = [r.disposition for r in knowledge.rules if evaluate(parse(r.when), case) is True]
    assert min(firing, key=DISPOSITIONS.index) == least


@pytest.mark.parametrize("without", JOLTED)
def test_a_jolt_or_a_stiff_neck_alone_does_not_have_to_be_seen_today(
    knowledge: Knowledge, without: str
) -> None:
    findings = {**JOLTED, without: "no"}
    case = Case(age=40, regions=() if without == "neck_pain" else ("neck",), findings=findings)
    firing = [r.disposition for r in knowledge.rules if evaluate(parse(r.when), case) is True]
    assert not {"ambulance", "emergency", "urgent"} & set(firing)
