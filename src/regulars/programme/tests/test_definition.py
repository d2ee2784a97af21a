"""A definition is challenged where it says what every company says, and refused only where it says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.programme.challenges import challenges, is_empty
from regulars.programme.definition import check_definition, definition_from, definition_json
from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import Definition

GOOD = Definition(
    text={"en": "We make what the customer's room needs, and deliver it on the day we said."},
    competences=({"en": "Tables of one plank, cut to the room"}, {"en": "A new top within three days"}),
    targets=("hotels",),
    granted=({"en": "Exchange within 60 days"},),
    refused=({"en": "We do not copy other makers' pieces."},),
    parity={"en": "No customer brings more than a tenth of our sales."},
)
SAYS = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=30).filter(str.strip)
WORDS = st.dictionaries(st.sampled_from(["en", "bg", "ru", "cs", "tr"]), SAYS.map(str.strip), min_size=1)


def kinds(definition: Definition, **known: object) -> set[str]:
    return {one.kind for one in challenges(definition, **known)}


def test_a_definition_that_says_something_is_not_challenged() -> None:
    assert challenges(GOOD, groups=["hotels"], languages=["en"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Quality goods at fair prices",
        "High quality and individual approach to every customer",
        "Качествени стоки на разумни цени",
        "Професионален екип и индивидуален подход",
        "Качественные товары по доступным ценам",
        "Индивидуальный подход к каждому клиенту",
        "Kvalitní zboží za příznivé ceny",
        "Profesionální tým a individuální přístup",
        "Uygun fiyata kaliteli ürünler",
        "Müşteri memnuniyeti ve güvenilir hizmet",
    ],
)
def test_what_any_company_could_say_of_itself_is_an_empty_competence(text: str) -> None:
    assert is_empty(text)
    found = challenges(replace(GOOD, competences=({"": text},)))
    assert [(one.kind, one.about, one.found) for one in found] == [("empty competence", "competences", text)]


@pytest.mark.parametrize(
    "text",
    [
        "We measure the room within 40 km and draw it the same day",
        "Сменяме плота на следващия ден",
        "Меняем столешницу за один день",
        "Vyměníme desku do druhého dne",
        "Masa tablasını ertesi gün değiştiririz",
        "Quality oak, dried for three winters",
    ],
)
def test_what_only_this_company_can_say_is_no_empty_competence(text: str) -> None:
    assert not is_empty(text)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (replace(GOOD, text={}), "no text"),
        (replace(GOOD, text={"en": "The customer " + "word " * 70}), "long text"),
        (replace(GOOD, text={"en": "We are the best in the world."}), "no customer"),
        (replace(GOOD, text={"en": "We serve all customers."}), "everybody"),
        (replace(GOOD, text={"ru": "Мы работаем для каждого клиента: каждый клиент важен."}), "everybody"),
        (replace(GOOD, text={"en": "The customer is always right."}), "always right"),
        (replace(GOOD, granted=({"cs": "Do 60 dnů, zákazník má vždy pravdu"},)), "always right"),
        (replace(GOOD, text={"tr": "Müşteri her zaman haklıdır."}), "always right"),
        (replace(GOOD, text={"bg": "Клиентът винаги има право."}), "always right"),
        (replace(GOOD, competences=()), "no competence"),
        (replace(GOOD, competences=({"en": "Oak"},)), "short competence"),
        (replace(GOOD, competences=GOOD.competences[:1] * 2), "same competence"),
        (
            replace(GOOD, competences=tuple({"en": f"Tables of oak number {one}"} for one in range(6))),
            "too many competences",
        ),
        (replace(GOOD, targets=()), "no target"),
        (replace(GOOD, targets=("everyone",)), "unknown target"),
        (replace(GOOD, parity={}), "no parity"),
        (replace(GOOD, granted=()), "nothing granted"),
        (replace(GOOD, granted=({"en": "We exchange what does not fit"},)), "no measure"),
        (replace(GOOD, refused=()), "nothing refused"),
    ],
)
def test_each_weak_place_is_named(changed: Definition, kind: str) -> None:
    assert kind in kinds(changed, groups=["hotels"])
    assert kind not in kinds(GOOD, groups=["hotels"])


def test_a_language_of_the_company_that_is_missing_is_named() -> None:
    missing = [one.found for one in challenges(GOOD, languages=["en", "bg", "tr"]) if one.kind == "language missing"]
    assert missing == ["bg", "tr"]


@given(WORDS, st.lists(WORDS, max_size=4), WORDS)
def test_a_definition_is_read_back_as_it_was_written(text: dict, several: list[dict], parity: dict) -> None:
    written = Definition(text=text, competences=tuple(several), granted=tuple(several), parity=parity, version=3)
    assert definition_from(definition_json(written)) == written


@given(WORDS, st.lists(WORDS, max_size=4))
def test_no_definition_makes_the_challenges_fail(text: dict, several: list[dict]) -> None:
    found = challenges(Definition(text=text, competences=tuple(several), granted=tuple(several)), languages=["en"])
    assert all(one.sentence.endswith((".", "?")) for one in found)


@pytest.mark.parametrize(
    ("body", "match"),
    [
        ({}, "says nothing"),
        ({"text": "  "}, "says nothing"),
        ({"text": 5}, "text"),
        ({"text": "x" * 1001}, "1000"),
        ({"text": {"english": "We"}}, "no language"),
        ({"text": "We\x00"}, "cannot be shown"),
        ({"text": "We", "competences": "oak"}, "competences"),
        ({"text": "We", "targets": [1]}, "targets"),
        ({"text": "We", "granted": ["x"] * 21}, "granted"),
    ],
)
def test_what_is_no_definition_is_refused_with_what_to_mend(body: dict, match: str) -> None:
    with pytest.raises(ProgrammeError, match=match):
        definition_from(body)


def test_a_text_from_a_form_with_hard_spaces_and_its_own_line_ends_is_taken() -> None:
    found = definition_from({"text": "We keep\r\nour word within 3\u00a0days."})
    assert found.text == {"": "We keep\nour word within 3\u00a0days."}


def test_empty_entries_are_left_out() -> None:
    tidy = check_definition(replace(GOOD, refused=({"en": " "}, {"en": " no copies "})))
    assert tidy.refused == ({"en": "no copies"},)
