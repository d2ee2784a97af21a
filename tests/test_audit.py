"""The trail of who saw names: whatever is done to it afterwards shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars import audit

STARTED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EVENTS = 12


def trail(folder: Path, events: int = EVENTS) -> list[str]:
    """A trail of so many events, and its lines."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(events):
        audit.record(
            folder,
            "names shown",
            by=["Elena", "Petr"][number % 2],
            now=STARTED + timedelta(hours=number),
            measure="slipping",
            rows=10 + number,
        )
    return (folder / audit.FILE_NAME).read_text(encoding="utf-8").splitlines()


def written(folder: Path, lines: list[str]) -> str | None:
    """What the trail says of itself once these lines stand in it."""
    (folder / audit.FILE_NAME).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return audit.verify(folder)


def edited(line: str) -> str:
    """The same entry, with fewer people shown: what a tamperer would want."""
    return json.dumps({**json.loads(line), "rows": 1}, ensure_ascii=False, sort_keys=True)


def each_edited(lines: list[str]) -> list[list[str]]:
    return [[*lines[:place], edited(line), *lines[place + 1 :]] for place, line in enumerate(lines)]


def each_dropped(lines: list[str]) -> list[list[str]]:
    return [lines[:place] + lines[place + 1 :] for place in range(len(lines))]


def each_swapped(lines: list[str]) -> list[list[str]]:
    return [[*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]] for place in range(len(lines) - 1)]


def each_repeated(lines: list[str]) -> list[list[str]]:
    return [[*lines[: place + 1], *lines[place:]] for place in range(len(lines))]


def each_cut_short(lines: list[str]) -> list[list[str]]:
    return [lines[:kept] for kept in range(len(lines))]


def each_with_a_made_up_line(lines: list[str]) -> list[list[str]]:
    made_up = edited(lines[0])
    return [[*lines[:place], made_up, *lines[place:]] for place in range(len(lines) + 1)]


def test_an_untouched_trail_is_whole_at_every_length(tmp_path: Path) -> None:
    assert audit.verify(tmp_path) is None
    for number in range(4):
        trail(tmp_path, 1)
        assert audit.verify(tmp_path) is None, f"after {number + 1} events"


@pytest.mark.parametrize(
    "tampering", [each_edited, each_dropped, each_swapped, each_repeated, each_cut_short, each_with_a_made_up_line]
)
def test_every_single_tampering_is_caught(tmp_path: Path, tampering: Callable[[list[str]], list[list[str]]]) -> None:
    lines = trail(tmp_path)
    assert written(tmp_path, lines) is None, "the lines themselves are whole"
    tries = tampering(lines)
    caught = [said for attempt in tries if (said := written(tmp_path, attempt))]
    assert (len(caught), len(tries)) == (len(tries), len(tries))
    assert len(tries) >= EVENTS - 1
    assert all(audit.FILE_NAME in said for said in caught)


def test_the_sentence_names_the_line_after_the_one_that_was_edited(tmp_path: Path) -> None:
    lines = trail(tmp_path)
    said = written(tmp_path, [*lines[:4], edited(lines[4]), *lines[5:]])
    assert said is not None
    assert said.startswith("Line 6 of ")


def test_a_line_that_is_no_entry_is_named(tmp_path: Path) -> None:
    lines = trail(tmp_path)
    for nonsense in ("", "no JSON", "[]", "{}", "7"):
        said = written(tmp_path, [*lines[:2], nonsense, *lines[3:]])
        assert said is not None
        assert said.startswith("Line 3 of ")


def test_a_trail_that_was_thrown_away_shows_by_its_seal(tmp_path: Path) -> None:
    trail(tmp_path)
    (tmp_path / audit.FILE_NAME).unlink()
    assert audit.verify(tmp_path) is not None


def test_a_seal_that_was_thrown_away_shows(tmp_path: Path) -> None:
    trail(tmp_path)
    (tmp_path / audit.SEAL_NAME).unlink()
    assert audit.verify(tmp_path) is not None


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), letter=st.sampled_from('aZ09 }"é'))
def test_changing_any_single_letter_shows(tmp_path_factory: pytest.TempPathFactory, place: int, letter: str) -> None:
    folder = tmp_path_factory.mktemp("trail")
    text = "".join(line + "\n" for line in trail(folder, 3))
    place %= len(text) - 1  # the last line break is not part of an entry
    changed = text[:place] + letter + text[place + 1 :]
    (folder / audit.FILE_NAME).write_text(changed, encoding="utf-8")
    assert (audit.verify(folder) is None) == (changed == text)


def record_some(folder: str, who: str) -> None:
    for _ in range(10):
        audit.record(Path(folder), "names shown", by=who, now=STARTED, measure="rfm", rows=1)


def test_two_who_look_at_the_same_time_make_one_chain(tmp_path: Path) -> None:
    started = get_context("spawn")
    writers = [started.Process(target=record_some, args=(str(tmp_path), who)) for who in ("Elena", "Petr")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    lines = (tmp_path / audit.FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 20
    assert audit.verify(tmp_path) is None
