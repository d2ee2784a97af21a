"""Pictures of journeys can be read: nothing lies on anything else, every path ends at its steps."""

from __future__ import annotations

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from regulars_web.journeys.layout import Box, Link, Picture, place_graph
from regulars_web.journeys.layout.across import spread

SLACK = 0.11  # coordinates are written with one decimal


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Link]]:
    """Any steps with any paths between different ones, there and back, some with labels."""
    count = draw(st.integers(1, 9))
    size = st.floats(30, 180)
    loop = st.sampled_from([0.0, 0.0, 40.0])
    boxes = [Box(f"step {number}", draw(size), draw(st.floats(20, 70)), draw(loop)) for number in range(count)]
    pairs = [(one.key, other.key) for one in boxes for other in boxes if one is not other]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=25)) if pairs else []
    weights = st.integers(1, 5000)
    labels = st.sampled_from([0.0, 34.0, 60.0])
    return boxes, [Link(*pair, draw(weights), draw(st.floats(1, 8)), draw(labels)) for pair in chosen]


def numbers(line: str) -> list[tuple[float, float]]:
    """The points that a line goes through, with those that bend it left out."""
    found, here = [], (0.0, 0.0)
    for letter, text in re.findall(r"([MVC])([^MVC]*)", line):
        said = [float(one) for one in text.split()]
        here = (here[0], said[0]) if letter == "V" else (said[-2], said[-1])
        found.append(here)
    return found


def apart(picture: Picture) -> bool:
    """Whether no two steps share a spot."""
    return all(
        one.right <= other.left + SLACK
        or other.right <= one.left + SLACK
        or one.bottom <= other.top + SLACK
        or other.bottom <= one.top + SLACK
        for one, other in itertools.combinations(picture.boxes, 2)
    )


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_no_step_lies_on_another_one(graph):
    picture = place_graph(*graph, first="step 0", last="step 1")
    assert [box.key for box in picture.boxes] == [box.key for box in graph[0]]
    assert apart(picture)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_path_leaves_its_first_step_and_arrives_at_its_second(graph):
    picture = place_graph(*graph, first="step 0")
    box = {one.key: one for one in picture.boxes}
    assert [(one.source, one.target) for one in picture.links] == [(one.source, one.target) for one in graph[1]]
    for link in picture.links:
        begin, tip = numbers(link.line)[0], tuple(float(one) for one in link.arrow.split()[0].split(","))
        source, target = box[link.source], box[link.target]
        assert source.left - SLACK <= begin[0] <= source.right + SLACK
        assert target.left - SLACK <= tip[0] <= target.right + SLACK
        assert abs(begin[1] - (source.top if link.back else source.bottom)) <= SLACK
        assert abs(tip[1] - (target.bottom if link.back else target.top)) <= SLACK
        assert link.back == (source.y > target.y)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_no_path_runs_through_a_step_and_no_label_lies_on_one(graph):
    picture = place_graph(*graph, first="step 0", last="step 1")
    labelled = {(link.source, link.target): link.label for link in graph[1]}
    for link in picture.links:
        for one, other in itertools.pairwise(numbers(link.line)):
            if abs(one[0] - other[0]) > SLACK:
                continue
            for box in picture.boxes:
                if box.key not in (link.source, link.target) and box.left + SLACK < one[0] < box.right - SLACK:
                    low, high = sorted((one[1], other[1]))
                    assert high <= box.top + SLACK or low >= box.bottom - SLACK
        half = labelled[link.source, link.target] / 2
        for box in picture.boxes if half else ():
            beside = link.label_x + half <= box.left or link.label_x - half >= box.right
            assert beside or link.label_y + 9 <= box.top + SLACK or link.label_y - 9 >= box.bottom - SLACK


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_everything_lies_within_the_picture(graph):
    picture = place_graph(*graph)
    points = [point for link in picture.links for point in numbers(link.line)]
    points += [(link.label_x, link.label_y) for link in picture.links]
    points += [(box.left, box.top) for box in picture.boxes] + [(box.right, box.bottom) for box in picture.boxes]
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points)


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_the_same_journeys_always_give_the_same_picture(graph):
    assert place_graph(*graph, first="step 0") == place_graph(*graph, first="step 0")


def test_the_strongest_way_leads_downwards_and_what_leads_back_is_drawn_upwards():
    boxes = [Box(key, 80, 30) for key in ("start", "ask", "order", "deliver", "end")]
    links = [
        Link("start", "ask", 90),
        Link("ask", "order", 80),
        Link("order", "deliver", 70),
        Link("deliver", "end", 60),
        Link("deliver", "ask", 75),
    ]
    picture = place_graph(boxes, links, first="start", last="end")
    assert [box.layer for box in picture.boxes] == sorted(box.layer for box in picture.boxes)
    assert [link.back for link in picture.links] == [False, False, False, False, True]


def test_a_path_that_skips_steps_passes_beside_them_in_a_straight_line():
    boxes = [Box(key, 80, 30) for key in "abcd"]
    links = [Link("a", "b", 9), Link("b", "c", 9), Link("c", "d", 9), Link("a", "d", 1)]
    picture = place_graph(boxes, links, first="a", last="d")
    a, b, c, d = picture.boxes
    assert a.x == b.x == c.x == d.x
    beside = {round(x) for x, _ in numbers(picture.links[3].line)[1:-1]}
    assert all(x > b.right or x < b.left for x in beside if a.bottom + 20 < x)


def test_a_picture_of_nothing_has_nothing():
    assert place_graph([], []).boxes == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(0.1, 9), st.floats(0, 60)), min_size=1, max_size=12))
def test_points_that_are_spread_keep_their_order_and_their_room(rows):
    wanted, pulls, room = (list(one) for one in zip(*rows, strict=True))
    found = spread(wanted, pulls, room[1:], -400, 400)
    assert all(b - a >= gap - 1e-6 for (a, b), gap in zip(itertools.pairwise(found), room[1:], strict=True))
    assert found[0] >= -400 - 1e-6
    assert found[-1] <= 400 + 1e-6


def test_points_with_room_enough_stay_where_they_want_to_be():
    assert spread([0, 100, 220], [1, 5, 1], [50, 50], -10, 300) == [0, 100, 220]
