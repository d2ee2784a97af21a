"""What ``make test`` looks at in Chromium: no pair of page, language, theme and size is left out where all are due."""

from __future__ import annotations

from itertools import combinations, product

from tests.web.pages import LANGUAGES, PAGES, SIZES, THEMES
from tests.web.plan import PAIRWISE, plan

NAMES = [page.name for page in PAGES]
OVER = {"page": sorted(PAIRWISE), "language": LANGUAGES, "theme": THEMES, "size": SIZES}


def test_every_pair_of_page_language_theme_and_size_is_seen_at_least_once():
    visits = [visit for visit in plan(NAMES) if visit.page in PAIRWISE]
    for one, other in combinations(OVER, 2):
        seen = {(getattr(visit, one), getattr(visit, other)) for visit in visits}
        assert set(product(OVER[one], OVER[other])) - seen == set(), (one, other)


def test_every_other_page_is_seen_once_in_one_of_the_looks():
    others = [visit.page for visit in plan(NAMES) if visit.page not in PAIRWISE]
    assert others == [name for name in NAMES if name not in PAIRWISE]


def test_over_all_pages_no_language_lacks_a_look_and_nothing_is_seen_twice():
    visits = plan(NAMES)
    assert {(one.language, one.theme, one.size) for one in visits} == set(product(LANGUAGES, THEMES, SIZES))
    assert len(set(visits)) == len(visits)


def test_every_page_that_is_due_in_all_pairs_is_one_of_the_pages():
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) >= PAIRWISE
