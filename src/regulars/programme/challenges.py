"""What a definition should think of again: empty competences, everybody as a customer, promises without a measure.

A challenge stops nothing. The page shows it beside the part, and people decide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from regulars.names.folding import fold
from regulars.programme.empty_words import telling_words
from regulars.programme.parts import Challenge, Definition, Words, in_language

MOST_COMPETENCES = 5
MOST_WORDS = 60
# All over folded text: Latin small letters.
_CUSTOMER: Final = re.compile(
    r"\b(customer|client|guest|patient|buyer|visitor|pupil|member|klient|kupuvach|gost|patsient|pokupatel|zakazni"
    r"|host|pacient|musteri|misafir|hasta|alici|konuk)"
)
_EVERYBODY: Final = re.compile(
    r"\b(everybody|everyone|anybody|anyone|(all|every|each|any) (our |of our )?(customer|client|guest)"
    r"|vsichki (nashi )?(klient|hora)|vseki (nash )?klient|vseh (nashih )?klient|vsem (nashim )?klient|kazhd\w+ klient"
    r"|vsech\w* (nas\w* )?zakazni|vsem (nas\w* )?zakazni|kazd\w+ zakazni|tum musteri|her musteri|herkes)"
)
_ALWAYS_RIGHT: Final = re.compile(
    r"(customer|client|guest)s? (is|are) always right|klientat (e )?vinagi (ima pravo|prav)"
    r"|klient vsegda prav|zakaznik ma vzdy pravdu|nas zakaznik nas pan|musteri (her zaman|daima) haklidir?"
    r"|musteri velinimet"
)
_DIGIT: Final = re.compile(r"\d")


def challenges(
    definition: Definition, *, groups: Collection[str] | None = None, languages: Sequence[str] = ()
) -> list[Challenge]:
    """Everything that the definition should think of again, part by part; empty where nothing strikes.

    groups     keys of the groups there are, to find targets that are none; None: not looked at
    languages  in which it should stand
    """
    return [
        *_of_text(definition, languages),
        *_of_competences(definition.competences),
        *_of_targets(definition, groups),
        *_of_limits(definition),
    ]


def is_empty(competence: str) -> bool:
    """Whether a competence says nothing that any company could not say of itself: 'quality at fair prices'."""
    return not telling_words(competence)


def _of_text(definition: Definition, languages: Sequence[str]) -> Iterator[Challenge]:
    said = [text for text in definition.text.values() if text.strip()]
    if not said:
        yield Challenge(
            "no text", "text", "", "Nothing is written yet. Say in one or two sentences what it means here."
        )
        return
    whole = in_language(definition.text, languages[0] if languages else "")
    count = len(whole.split())
    if count > MOST_WORDS:
        yield Challenge(
            "long text", "text", whole, f"It has {count} words. Nobody keeps more than {MOST_WORDS} in mind: say less."
        )
    folded = [fold(text) for text in said]
    if not any(_CUSTOMER.search(text) for text in folded):
        yield Challenge(
            "no customer", "text", whole, "It does not name the customer. Say what they get, and from what they see it."
        )
    if any(_EVERYBODY.search(text) for text in folded):
        yield Challenge(
            "everybody", "text", whole, "It speaks of everybody. Nobody serves everybody: say for whom you are there."
        )
    if any(_ALWAYS_RIGHT.search(text) for text in (*folded, *(fold(one) for one in _texts(definition)))):
        yield Challenge(
            "always right",
            "text",
            whole,
            "It says that the customer is always right. Say instead what is granted, and what is not.",
        )
    for language in languages:
        if not definition.text.get(language, "").strip():
            yield Challenge("language missing", "text", language, f"It does not stand in the language {language} yet.")


def _of_competences(competences: tuple[Words, ...]) -> Iterator[Challenge]:
    if not competences:
        yield Challenge(
            "no competence", "competences", "", "No competence is named. What do customers get here and not elsewhere?"
        )
    if len(competences) > MOST_COMPETENCES:
        count = len(competences)
        yield Challenge(
            "too many competences",
            "competences",
            "",
            f"There are {count} competences. Key ones are few: keep those that rivals cannot copy within a year.",
        )
    seen: set[str] = set()
    for competence in competences:
        yield from _of_competence(competence, seen)


def _of_competence(competence: Words, seen: set[str]) -> Iterator[Challenge]:
    shown = in_language(competence, "")
    empty = next((text for text in competence.values() if is_empty(text)), None)
    folded = fold(shown)
    if empty is not None:
        yield Challenge(
            "empty competence",
            "competences",
            empty,
            f"Any company could say “{empty}”. Say what exactly you can do that others cannot.",
        )
    elif len(folded.split()) < 2:
        yield Challenge(
            "short competence",
            "competences",
            shown,
            f"One word alone, “{shown}”, says too little. Say what exactly, for whom, and how customers notice it.",
        )
    if folded in seen:
        yield Challenge("same competence", "competences", shown, f"The competence “{shown}” stands there twice.")
    seen.add(folded)


def _of_targets(definition: Definition, groups: Collection[str] | None) -> Iterator[Challenge]:
    if not definition.targets:
        yield Challenge(
            "no target", "targets", "", "No target customers are named. Choose the groups you are there for."
        )
    for key in definition.targets:
        if groups is not None and key not in groups:
            yield Challenge(
                "unknown target", "targets", key, f"There is no group {key}. Describe it by a rule, or choose another."
            )


def _of_limits(definition: Definition) -> Iterator[Challenge]:
    if not any(text.strip() for text in definition.parity.values()):
        yield Challenge("no parity", "parity", "", "Nothing is said on parity. How does neither side come to dominate?")
    if not definition.granted:
        yield Challenge(
            "nothing granted",
            "granted",
            "",
            "Nothing is granted beyond the law. Decide it before the first case comes: exchange, refund, gift.",
        )
    for granted in definition.granted:
        shown = in_language(granted, "")
        if not _DIGIT.search(shown):
            yield Challenge(
                "no measure", "granted", shown, f"No number stands in “{shown}”. Say for how long or up to which sum."
            )
    if not definition.refused:
        yield Challenge("nothing refused", "refused", "", "Nothing is refused. Say what you will not do, and for whom.")


def _texts(definition: Definition) -> Iterator[str]:
    for several in (definition.competences, definition.granted, definition.criteria):
        for words in several:
            yield from words.values()
