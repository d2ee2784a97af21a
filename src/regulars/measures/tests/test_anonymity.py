"""Nobody can work out what fewer than five people answered, however they add and subtract."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.measures.anonymity import FEWEST, Cell, Shown, Wave, is_safe, shown, waves
from regulars.measures.scope import Scope

DEPARTMENTS, LEVELS = ("sales", "accounts", "delivery", None), ("management", "front line", "support", None)
companies = st.dictionaries(
    st.tuples(st.sampled_from(DEPARTMENTS), st.sampled_from(LEVELS)), st.integers(1, 9), min_size=1, max_size=7
)


def told(people: dict[Cell, int], found: Shown) -> list[tuple[list[Cell], str]]:
    """Every result that is shown, as the cells whose people are in it."""
    rows = [(list(people), "all")] if found.everybody else []
    rows += [([cell for cell in people if cell[1] == level], level) for level in found.levels]
    return rows + [([cell for cell in people if cell[0] == one], one) for one in found.departments]


def rank(rows: list[list[Fraction]]) -> int:
    """By elimination in exact fractions."""
    left, found = [list(row) for row in rows], 0
    for place in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[place]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[place] / pivot[place]
            row[:] = [one - factor * other for one, other in zip(row, pivot, strict=True)]
        found += 1
    return found


def few_who_can_be_singled_out(people: dict[Cell, int], found: Shown) -> list[tuple[Cell, ...]]:
    """An adversary who tries every set of cells: can anything be known of these people alone?

    Something can where leaving their columns out lowers the rank of all that is shown.
    """
    cells = list(people)
    rows = [[Fraction(cell in group) for cell in cells] for group, _ in told(people, found)]
    caught = []
    for size in range(1, len(cells) + 1):
        for few in itertools.combinations(range(len(cells)), size):
            if sum(people[cells[one]] for one in few) < FEWEST:
                without = [[value for place, value in enumerate(row) if place not in few] for row in rows]
                if rank(without) < rank(rows):
                    caught.append(tuple(cells[one] for one in few))
    return caught


@given(companies)
@settings(max_examples=150, deadline=None)
def test_an_adversary_who_subtracts_learns_nothing_of_fewer_than_five(people: dict[Cell, int]) -> None:
    assert few_who_can_be_singled_out(people, shown(people)) == []


@given(companies)
@settings(max_examples=100, deadline=None)
def test_the_check_says_the_same_as_the_adversary(people: dict[Cell, int]) -> None:
    everything = Shown(
        True,
        frozenset(level for _, level in people if level),
        frozenset(department for department, _ in people if department),
    )
    cells = list(people)
    rows = np.array([[cell in group for cell in cells] for group, _ in told(people, everything)], dtype=float)
    safe = is_safe(rows, np.array(list(people.values())))
    assert safe is not bool(few_who_can_be_singled_out(people, everything))


def test_a_company_where_every_group_is_large_sees_them_all() -> None:
    people = {(department, level): 6 for department in DEPARTMENTS[:3] for level in LEVELS[:3]}
    found = shown(people)
    assert found.levels == set(LEVELS[:3])
    assert found.departments == set(DEPARTMENTS[:3])


def test_the_one_small_department_takes_the_smallest_other_with_it() -> None:
    found = shown({("sales", "front line"): 20, ("delivery", "front line"): 8, ("accounts", "front line"): 3})
    assert found.departments == {"sales"}
    assert found.everybody is True


def test_two_small_departments_that_are_five_together_hide_nobody_else() -> None:
    people = {("sales", None): 20, ("delivery", None): 8, ("accounts", None): 3, ("workshop", None): 2}
    assert shown(people).departments == {"sales", "delivery"}


def test_four_people_are_no_result_at_all() -> None:
    assert shown({("sales", "front line"): 4}).everybody is False


def test_levels_and_departments_that_single_out_one_person_together_are_not_both_shown() -> None:
    """Sales has all the front line but one: front line less sales' front line would be that one."""
    people = {("sales", "front line"): 10, ("accounts", "front line"): 1, ("accounts", "support"): 10}
    found = shown(people)
    assert few_who_can_be_singled_out(people, found) == []
    assert found.levels or found.departments


def test_a_company_of_very_many_small_departments_sees_levels_alone() -> None:
    people: dict[Cell, int] = {(f"department {one}", level): 1 for one in range(40) for level in LEVELS[:2]}
    found = shown(people)
    assert found.departments == frozenset()
    assert found.levels == set(LEVELS[:2])


answers = st.lists(st.tuples(st.integers(24_300, 24_318), st.integers(1, 12)), max_size=60)
days = st.dates(date(2025, 1, 1), date(2026, 8, 31))


@given(answers, days)
def test_every_wave_has_five_people_and_whole_months_that_are_over(given_: list[tuple[int, int]], as_of: date) -> None:
    for wave in waves(given_, as_of):
        assert len({person for month, person in given_ if wave.holds(month)}) >= FEWEST
        assert wave.ends_on <= as_of
        assert (wave.ends_on + timedelta(days=1)).day == 1


@given(answers, days, st.integers(0, 400))
def test_waiting_longer_only_adds_waves(given_: list[tuple[int, int]], as_of: date, more: int) -> None:
    before = waves(given_, as_of)
    assert waves(given_, as_of + timedelta(days=more))[: len(before)] == before


@given(answers, days, days)
def test_no_choice_of_days_cuts_a_wave(given_: list[tuple[int, int]], one: date, other: date) -> None:
    scope = Scope(as_of=max(one, other), from_on=min(one, other))
    for wave in waves(given_, scope.as_of):
        if wave.lies_in(scope):
            assert scope.from_on is not None
            assert scope.from_on <= wave.begins_on
            assert wave.ends_on <= scope.last_on


def test_the_months_of_a_wave_are_told_by_their_days() -> None:
    wave = Wave(2026 * 12 + 1, 2026 * 12 + 1)
    assert (wave.begins_on, wave.ends_on) == (date(2026, 2, 1), date(2026, 2, 28))
