"""How two records are compared: what is looked at, in which steps of likeness, and what each step is worth unseen.

``likely`` is the share of pairs of records of one customer that reach a step, ``by_chance`` the share of pairs of
records of two customers. They are where a company has too few records to learn from; with more, they are drawn
towards what its own records show (see model.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as levels
import splink.comparison_library as library
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

ELSE = "ELSE"  # of the last step: whatever is left


@dataclass(frozen=True)
class Step:
    """One step of likeness. ``rarer``: the column whose rare values weigh more than its common ones."""

    code: str
    words: str
    condition: str
    likely: float
    by_chance: float
    rarer: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What is compared; unknown on either side says nothing. Steps go from the most to the least alike."""

    name: str
    words: str
    column: str
    unknown: str
    steps: tuple[Step, ...]


def _unknown(*columns: str) -> str:
    return " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")


_HOUSE = "(house_l IS NULL OR house_r IS NULL OR house_l = house_r)"
_SWAPPED = "given_sound_l = family_sound_r AND family_sound_l = given_sound_r"
_INITIAL = (
    "(length(given_l) = 1 OR length(given_r) = 1) AND given_l[1] = given_r[1]",
    "(length(family_l) = 1 OR length(family_r) = 1) AND family_l[1] = family_r[1]",
)


def _near(column: str) -> str:
    """A slip of the pen: one letter in a short word, two in a longer one, or a near enough writing."""
    left, right = f"{column}_l", f"{column}_r"
    return (
        f"least(length({left}), length({right})) > 2 AND jaro_winkler_similarity({left}, {right}) >= 0.75 AND "
        f"(jaro_winkler_similarity({left}, {right}) >= 0.92 OR {_slips(column, 1)})"
    )


def _slips(column: str, most: int) -> str:
    """So many letters wrong, missing, too many or swapped. The cheap likeness first: it rules nearly all out."""
    left, right = f"{column}_l", f"{column}_r"
    return (
        f"(jaro_similarity({left}, {right}) >= 0.8 AND abs(length({left}) - length({right})) <= {most} "
        f"AND damerau_levenshtein({left}, {right}) <= {most})"
    )


COMPARISONS = (
    Comparison(
        "given",
        "First name",
        "given",
        _unknown("given"),
        (
            Step("same", "the same", "given_l = given_r", 0.62, 0.008, "given"),
            Step("sounds", "sounds the same", "given_sound_l = given_sound_r", 0.04, 0.002),
            Step("swapped", "stands where the other has the family name", _SWAPPED, 0.02, 0.00005),
            Step("short", "a short form of the same name", "list_has_any(roots_l, roots_r)", 0.05, 0.004),
            Step("near", "nearly the same", _near("given_sound"), 0.10, 0.004),
            Step("initial", "the same initial", _INITIAL[0], 0.02, 0.004),
            Step(
                "elsewhere",
                "found among the other's names",
                "list_contains(tokens_l, given_sound_r) OR list_contains(tokens_r, given_sound_l)",
                0.03,
                0.003,
            ),
            Step("alike", "a little alike", "jaro_winkler_similarity(given_sound_l, given_sound_r) >= 0.8", 0.04, 0.02),
            Step("other", "different", ELSE, 0.08, 0.95),
        ),
    ),
    Comparison(
        "family",
        "Family name",
        "family",
        _unknown("family"),
        (
            Step("same", "the same", "family_l = family_r", 0.66, 0.003, "family"),
            Step("sounds", "sounds the same", "family_sound_l = family_sound_r", 0.04, 0.0007),
            Step("swapped", "stands where the other has the first name", _SWAPPED, 0.02, 0.00005),
            Step("near", "nearly the same", _near("family_sound"), 0.11, 0.003),
            Step(
                "part",
                "a part of a double name",
                "len(list_intersect(string_split(family_l, ' '), string_split(family_r, ' '))) > 0",
                0.02,
                0.001,
            ),
            Step("initial", "the same initial", _INITIAL[1], 0.01, 0.003),
            Step(
                "elsewhere",
                "found among the other's names",
                "list_contains(tokens_l, family_sound_r) OR list_contains(tokens_r, family_sound_l)",
                0.03,
                0.002,
            ),
            Step(
                "alike", "a little alike", "jaro_winkler_similarity(family_sound_l, family_sound_r) >= 0.8", 0.04, 0.02
            ),
            Step("other", "different", ELSE, 0.07, 0.96),
        ),
    ),
    Comparison(
        "others",
        "Further names",
        "others",
        _unknown("others"),
        (
            Step("same", "the same", "others_l = others_r", 0.6, 0.01),
            Step("part", "some the same", "list_has_any(others_l, others_r)", 0.2, 0.02),
            Step("other", "different", ELSE, 0.2, 0.97),
        ),
    ),
    Comparison(
        "birthday",
        "Birthday",
        "birthday",
        _unknown("birthday"),
        (
            Step("same", "the same", "birthday_l = birthday_r", 0.80, 0.0001, "birthday"),
            Step(
                "swapped",
                "day and month swapped",
                "birthday_l[1:4] = birthday_r[1:4] AND "
                "birthday_l[5:6] = birthday_r[7:8] AND birthday_l[7:8] = birthday_r[5:6]",
                0.02,
                0.00005,
            ),
            Step("near", "one figure different", _slips("birthday", 1), 0.10, 0.0015),
            Step(
                "part",
                "the same year and month, or day and month",
                "birthday_l[1:6] = birthday_r[1:6] OR birthday_l[5:8] = birthday_r[5:8]",
                0.03,
                0.003,
            ),
            Step("year", "the same year", f"birthday_l[1:4] = birthday_r[1:4] OR {_slips('birthday', 2)}", 0.02, 0.02),
            Step("other", "different", ELSE, 0.03, 0.975),
        ),
    ),
    Comparison(
        "email",
        "E-mail",
        "email",
        # Namesakes have like addresses: a mailbox called after its owner tells no more than the name.
        f"{_unknown('email')} OR (email_l <> email_r AND mail_named_l AND mail_named_r "
        "AND jaro_winkler_similarity(mail_box_l, mail_box_r) >= 0.75)",
        (
            Step("same", "the same", "email_l = email_r", 0.70, 0.00005, "email"),
            Step("box", "the same before the @", "mail_box_l = mail_box_r", 0.06, 0.0002),
            Step(
                "near",
                "nearly the same",
                f"{_slips('email', 2)} OR jaro_winkler_similarity(mail_box_l, mail_box_r) >= 0.94",
                0.06,
                0.0005,
            ),
            Step("alike", "a little alike", "jaro_winkler_similarity(mail_box_l, mail_box_r) >= 0.85", 0.03, 0.005),
            Step("other", "different", ELSE, 0.15, 0.994),
        ),
    ),
    Comparison(
        "phone",
        "Telephone",
        "phone_tail",
        _unknown("phone_tail"),
        (
            Step("same", "the same", "phone_l = phone_r OR phone_tail_l = phone_tail_r", 0.65, 0.0001, "phone_tail"),
            Step("near", "one figure different", _slips("phone_tail", 1), 0.06, 0.0005),
            Step("other", "different", ELSE, 0.29, 0.9994),
        ),
    ),
    Comparison(
        "address",
        "Street",
        "address",
        _unknown("address"),
        (
            Step("same", "the same", "address_l = address_r", 0.50, 0.0005, "address"),
            Step(
                "near",
                "nearly the same",
                f"({_slips('address', 2)} OR jaro_winkler_similarity(address_l, address_r) >= 0.92) AND {_HOUSE}",
                0.14,
                0.0002,
            ),
            Step(
                "part",
                "most words the same",
                "2 * len(list_intersect(address_words_l, address_words_r)) >= "
                f"greatest(2, least(len(address_words_l), len(address_words_r))) AND {_HOUSE}",
                0.13,
                0.002,
            ),
            Step(
                "number",
                "the same street, another number",
                f"{_slips('address', 2)} OR "
                "jaro_winkler_similarity(address_l, address_r) >= 0.92 OR 2 * len(list_intersect(address_words_l, "
                "address_words_r)) >= greatest(2, least(len(address_words_l), len(address_words_r)))",
                0.03,
                0.01,
            ),
            Step(
                "word",
                "a word the same",
                "list_has_any(address_words_l, address_words_r) "
                "OR jaro_winkler_similarity(address_l, address_r) >= 0.75",
                0.10,
                0.08,
            ),
            Step("other", "different", ELSE, 0.10, 0.915),
        ),
    ),
    Comparison(
        "postcode",
        "Postcode",
        "postcode",
        _unknown("postcode"),
        (
            Step("same", "the same", "postcode_l = postcode_r", 0.72, 0.003, "postcode"),
            Step("near", "one sign different", _slips("postcode", 1), 0.10, 0.008),
            Step("area", "the same area", "length(postcode_l) > 4 AND postcode_l[1:-4] = postcode_r[1:-4]", 0.06, 0.01),
            Step("other", "different", ELSE, 0.12, 0.979),
        ),
    ),
    Comparison(
        "city",
        "Town",
        "city",
        _unknown("city"),
        (
            Step("same", "the same", "city_l = city_r", 0.75, 0.08, "city"),
            Step(
                "near",
                "nearly the same",
                "jaro_winkler_similarity(city_l, city_r) >= 0.88 "
                "OR contains(city_l, city_r) OR contains(city_r, city_l)",
                0.10,
                0.02,
            ),
            Step("other", "different", ELSE, 0.15, 0.9),
        ),
    ),
    Comparison(
        "occupation",
        "Occupation",
        "occupation",
        _unknown("occupation"),
        (
            Step("same", "the same", "occupation_l = occupation_r", 0.8, 0.05, "occupation"),
            Step("other", "different", ELSE, 0.2, 0.95),
        ),
    ),
)
BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}


def step_sql(comparison: Comparison) -> str:
    """The code of the step that a pair reaches, null where nothing is known; over columns ending in _l and _r."""
    cases = [f"WHEN {comparison.unknown} THEN NULL"]
    cases += [f"WHEN {step.condition} THEN '{step.code}'" for step in comparison.steps if step.condition != ELSE]
    return f"CASE {' '.join(cases)} ELSE '{comparison.steps[-1].code}' END"


def creator(comparison: Comparison, chances: dict[str, tuple[float, float]]) -> ComparisonCreator:
    """The comparison as Splink takes it; ``chances`` is code -> (likely, by chance) of each step."""
    made: list[ComparisonLevelCreator | dict[str, Any]] = [
        levels.CustomLevel(comparison.unknown, "unknown").configure(is_null_level=True)
    ]
    for step in comparison.steps:
        last = step.condition == ELSE
        level: ComparisonLevelCreator = levels.ElseLevel() if last else levels.CustomLevel(step.condition, step.code)
        likely, by_chance = chances[step.code]
        level.configure(m_probability=likely, u_probability=by_chance)
        if step.rarer:
            level.configure(
                tf_adjustment_column=step.rarer, tf_adjustment_weight=1.0, disable_tf_exact_match_detection=True
            )
        made.append(level)
    return library.CustomComparison(made, output_column_name=comparison.name)
