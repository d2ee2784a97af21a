"""Statements side by side: which words staff and customers share, and where they differ. Nothing is summed up.

Words are brought to the form a dictionary lists them under, in each statement's own language; statements of one
language are compared with each other. A word counts once a statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regulars.words.language import languages
from regulars.words.lemmas import BREAK, words_of
from regulars.words.masking import masked

FEWEST_STATEMENTS = 2  # that a word must be in, so that no word of one person stands for all
SHARED_BY = 0.25  # of a side's statements that a word must be in to be the side's own
APART = 0.25  # by how much more of one side's statements must use a word to set it apart
MOST_WORDS = 12
MOST_QUOTES = 60


@dataclass(frozen=True)
class Said:
    """One statement as it may be shown: personal data masked, nobody named. ``side`` is staff or customers."""

    number: int
    text: str
    side: str
    language: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Word:
    """A word, or two that stand together, and in how many statements of each side it is.

    term   its dictionary form, by which statements are chosen; shown: as people mostly wrote it
    """

    term: str
    shown: str
    staff: int
    customers: int

    @property
    def both(self) -> int:
        """In how many statements it is."""
        return self.staff + self.customers


@dataclass(frozen=True)
class Comparison:
    """The statements of one language. ``alone``: words that one statement only has, by number of the statement."""

    language: str
    staff: int
    customers: int
    shared: tuple[Word, ...]
    of_staff: tuple[Word, ...]
    of_customers: tuple[Word, ...]
    statements: tuple[Said, ...]


def compare(statements: Sequence[tuple[int, str, str]], company: Sequence[str]) -> list[Comparison]:
    """Comparisons by language, most statements first; no statements, none.

    statements  number, text and side (staff or customers) of each
    company     the languages the company works in
    """
    found = languages([text for _number, text, _side in statements], company)
    by_language: dict[str, list[Said]] = {}
    for (number, text, side), language in zip(statements, found, strict=True):
        code = language or (company[0] if company else "en")
        by_language.setdefault(code, []).append(Said(number, masked(text), side, code))
    ordered = sorted(by_language.items(), key=lambda one: (-len(one[1]), one[0]))
    return [_comparison(code, said) for code, said in ordered]


def _comparison(language: str, said: Sequence[Said]) -> Comparison:
    staff: Counter[str] = Counter()
    customers: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    used: list[set[str]] = []
    for one in said:
        terms = _terms(one.text, language, shown)
        used.append(terms)
        (customers if one.side == "customers" else staff).update(terms)
    n_customers = sum(one.side == "customers" for one in said)
    words = [
        Word(term, shown[term].most_common(1)[0][0], staff[term], customers[term])
        for term in _without_parts(staff + customers)
    ]
    often = sorted((one for one in words if one.both >= FEWEST_STATEMENTS), key=lambda one: (-one.both, one.shown))
    sizes = (len(said) - n_customers, n_customers)
    shared = [one for one in often if _is_shared(one, sizes)]
    apart = {side: [one for one in often if _is_apart(one, sizes, side)] for side in (0, 1)}
    kept = {term for term, count in (staff + customers).items() if count >= FEWEST_STATEMENTS}
    lettered = tuple(
        Said(one.number, one.text, one.side, one.language, frozenset(terms & kept))
        for one, terms in zip(said, used, strict=True)
    )
    return Comparison(
        language,
        *sizes,
        tuple(shared[:MOST_WORDS]),
        tuple(apart[0][:MOST_WORDS]),
        tuple(apart[1][:MOST_WORDS]),
        lettered,
    )


def _terms(text: str, language: str, shown: dict[str, Counter[str]]) -> set[str]:
    """The words of one text, and neighbours of them, each once; how they were written is counted."""
    words = words_of([text], language)
    lemmas = [words.vocabulary[one] if one != BREAK else "" for one in words.lemmas.tolist()]
    forms = [words.written[one] if one != BREAK else "" for one in words.forms.tolist()]
    found: set[str] = set()
    for place, (lemma, form) in enumerate(zip(lemmas, forms, strict=True)):
        if not lemma:
            continue
        found.add(lemma)
        shown.setdefault(lemma, Counter())[form] += 1
        if place + 1 < len(lemmas) and lemmas[place + 1]:
            pair = f"{lemma} {lemmas[place + 1]}"
            found.add(pair)
            shown.setdefault(pair, Counter())[f"{form} {forms[place + 1]}"] += 1
    return found


def _without_parts(counts: Counter[str]) -> Iterable[str]:
    """Terms without the single words that are only ever used as a part of one pair."""
    pairs = {term: count for term, count in counts.items() if " " in term and count >= FEWEST_STATEMENTS}
    inside = {part for pair, count in pairs.items() for part in pair.split(" ") if counts[part] == count}
    return [term for term in counts if term not in inside and (" " not in term or term in pairs)]


def _is_shared(word: Word, sizes: tuple[int, int]) -> bool:
    """Used on both sides; where only one side wrote, by a good part of it."""
    if not all(sizes):
        return word.both >= max(FEWEST_STATEMENTS, SHARED_BY * sum(sizes))
    return all(
        count and count >= SHARED_BY * size for count, size in zip((word.staff, word.customers), sizes, strict=True)
    )


def _is_apart(word: Word, sizes: tuple[int, int], side: int) -> bool:
    """Clearly more of one side than of the other; never where one side did not write."""
    if not all(sizes):
        return False
    own, other = (
        (word.staff, word.customers)[side] / sizes[side],
        (word.staff, word.customers)[1 - side] / sizes[1 - side],
    )
    return own - other >= APART and (word.staff, word.customers)[side] >= FEWEST_STATEMENTS
