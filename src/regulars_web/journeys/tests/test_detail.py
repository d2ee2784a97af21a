"""How much of a map is drawn: the strongest paths first, and never a step without a way to it."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from regulars_web.journeys.detail import END, START, STEPS, Path, read_detail, readable, strongest
from regulars_web.journeys.layout.ways import ways

NAMES = "abcdef"


@st.composite
def logs(draw: st.DrawFn) -> dict[Path, int]:
    """The moves of a few journeys: each begins, goes somewhere and ends."""
    journeys = draw(st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), min_size=1, max_size=12))
    counts: dict[Path, int] = {}
    for journey in journeys:
        times = draw(st.integers(1, 50))
        whole = [START, *journey, END]
        for path in itertools.pairwise(whole):
            counts[path] = counts.get(path, 0) + times
    return counts


def reached(paths: list[Path], root: str, *, backwards: bool = False) -> set[str]:
    """The slow twin: everything that can be walked to."""
    edges = [(b, a) for a, b in paths] if backwards else paths
    seen, before = {root}, 0
    while len(seen) != before:
        before = len(seen)
        seen |= {target for source, target in edges if source in seen}
    return seen


@settings(max_examples=80, deadline=None)
@given(logs(), st.sampled_from(STEPS))
def test_every_step_on_the_map_can_be_reached_and_leads_to_the_end(counts, detail):
    paths = strongest(counts, detail)
    steps = {step for path in paths for step in path}
    assert steps <= reached(paths, START)
    assert steps <= reached(paths, END, backwards=True)


@settings(max_examples=80, deadline=None)
@given(logs(), st.sampled_from(STEPS))
def test_the_slider_keeps_the_strongest_paths(counts, detail):
    paths = strongest(counts, detail)
    assert [counts[path] for path in paths] == sorted((counts[path] for path in paths), reverse=True)
    kept = sum(counts[path] for path in paths)
    assert kept >= detail / 100 * sum(counts.values())
    # Whatever is stronger than the last path that the share needs is drawn.
    order = sorted(counts, key=lambda path: (-counts[path], path))
    total = 0
    for path in order:
        assert path in paths
        total += counts[path]
        if total >= detail / 100 * sum(counts.values()):
            break


@settings(max_examples=60, deadline=None)
@given(logs())
def test_more_detail_never_takes_a_path_away(counts):
    shown = [set(strongest(counts, detail)) for detail in STEPS]
    assert all(less <= more for less, more in itertools.pairwise(shown))
    assert shown[-1] == set(counts)


@settings(max_examples=60, deadline=None)
@given(logs())
def test_the_way_to_each_step_is_as_strong_as_any_can_be(counts):
    before = ways(counts, START)
    for step, came_from in before.items():
        weakest, here, came = counts[came_from, step], came_from, before
        while here != START:
            weakest, here = min(weakest, counts[came[here], here]), came[here]
        stronger = [path for path, count in counts.items() if count > weakest]
        assert step not in reached(stronger, START)


def test_a_map_with_few_paths_is_drawn_whole():
    counts = {(START, "order"): 5, ("order", "deliver"): 4, ("deliver", END): 4, ("order", END): 1}
    assert readable(counts) == 100
    assert set(strongest(counts, 100)) == set(counts)


def test_a_detail_that_cannot_be_read_is_the_one_that_fits():
    counts = {(START, "order"): 5, ("order", END): 5}
    assert read_detail("", counts) == read_detail("all", counts) == read_detail("٣", counts) == 100
    assert read_detail("1", counts) == STEPS[0]
    assert read_detail("999", counts) == 100
