"""A map of journeys as a picture: boxes for steps, lines for moves, thicker where more go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regulars_web.journeys.detail import END, START, Path
from regulars_web.journeys.layout import Box, Link, Picture, PlacedBox, PlacedLink, place_graph
from regulars_web.journeys.lettering import LINE_HEIGHT, text_width, wrapped
from regulars_web.journeys.words import step_name

NAME_SIZE, SMALL_SIZE, NAME_LINES = 13.5, 12.0, 3
LEAST_WIDTH, NAME_WIDTH, PADDING = 96.0, 150.0, 12.0
THIN, THICK = 1.3, 8.0
LOOP_ROOM, LEVELS = 30.0, 5
MOST_LABELS = 60  # of the strongest paths; the rest says its numbers when it is pointed at


@dataclass(frozen=True)
class Move:
    """One path as it is to be drawn. ``told`` is what it says in full, ``tone`` how it is coloured."""

    count: float
    label: str
    told: str
    address: str
    numbers: str
    tone: str = ""


@dataclass(frozen=True)
class Step:
    """One step as it is to be drawn; ``small`` stands under its name, which is the key where none is given."""

    count: float
    small: str
    told: str
    address: str
    numbers: str
    tone: str = ""
    name: str = ""


@dataclass(frozen=True)
class Text:
    """A line of words in the picture."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class DrawnStep:
    """A box with its words; ``end`` marks where journeys begin and end, ``level`` from 1 to 5 how many come by."""

    key: str
    place: PlacedBox
    lines: Sequence[Text]
    small: Text | None
    step: Step
    level: int
    end: bool


@dataclass(frozen=True)
class DrawnMove:
    """A line with its arrow and label; ``width`` is how thick it is."""

    path: Path
    line: str
    arrow: str
    width: float
    label: Text | None
    move: Move
    back: bool
    looped: bool = False


@dataclass(frozen=True)
class Drawing:
    """The whole picture; moves from the weakest to the strongest, so that strong ones lie above."""

    width: float
    height: float
    steps: Sequence[DrawnStep] = ()
    moves: Sequence[DrawnMove] = field(default=())


def draw(steps: Mapping[str, Step], moves: Mapping[Path, Move], *, first: str = START, last: str = END) -> Drawing:
    """The picture of these moves between these steps; every end of a move must be among the steps.

    first, last  the steps above and below all others, where they are among them
    """
    most = max((move.count for move in moves.values()), default=1.0) or 1.0
    labelled = set(sorted(moves, key=lambda path: -moves[path].count)[:MOST_LABELS])
    words = {key: _words(key, step) for key, step in steps.items()}
    loops = {path[0]: move for path, move in moves.items() if path[0] == path[1]}
    boxes = [_box(key, words[key], steps[key], loops.get(key)) for key in steps]
    links = [
        Link(*path, move.count, _thickness(move.count, most), _label_room(move.label if path in labelled else ""))
        for path, move in moves.items()
        if path[0] != path[1]
    ]
    top, bottom = (key if key in steps else None for key in (first, last))
    picture = place_graph(boxes, links, first=top, last=bottom)
    drawn = [_drawn_move(link, moves, most, labelled) for link in picture.links]
    placed = {box.key: box for box in picture.boxes}
    drawn += [_drawn_loop(placed[key], move, most) for key, move in loops.items()]
    drawn.sort(key=lambda one: (one.move.count, one.path))
    return Drawing(picture.width, picture.height, _drawn_steps(picture, words, steps), drawn)


def shade(count: float, most: float) -> int:
    """From 1 to 5: how much of the most this is, seen through a square root so that small ones differ too."""
    if most <= 0 or count <= 0:
        return 1
    return min(LEVELS, 1 + int((count / most) ** 0.5 * LEVELS * 0.999))


def _words(key: str, step: Step) -> list[str]:
    return wrapped(step.name or step_name(key), size=NAME_SIZE, width=NAME_WIDTH, lines=NAME_LINES)


def _box(key: str, lines: Sequence[str], step: Step, loop: Move | None) -> Box:
    wide = max(text_width(line, NAME_SIZE) for line in lines)
    wide = max(wide, text_width(step.small, SMALL_SIZE)) + 2 * PADDING
    height = len(lines) * LINE_HEIGHT + (LINE_HEIGHT if step.small else 0) + 14
    room = LOOP_ROOM + text_width(loop.label, SMALL_SIZE) if loop else 0.0
    return Box(key, wide if key in (START, END) else max(wide, LEAST_WIDTH), height, room)


def _label_room(label: str) -> float:
    return text_width(label, SMALL_SIZE) + 6 if label else 0.0


def _thickness(count: float, most: float) -> float:
    return round(THIN + (THICK - THIN) * (max(count, 0.0) / most) ** 0.5, 1)


def _drawn_move(link: PlacedLink, moves: Mapping[Path, Move], most: float, labelled: set[Path]) -> DrawnMove:
    path = (link.source, link.target)
    move = moves[path]
    label = Text(link.label_x, round(link.label_y + 4, 1), move.label) if path in labelled and move.label else None
    return DrawnMove(path, link.line, link.arrow, _thickness(move.count, most), label, move, link.back)


def _drawn_loop(box: PlacedBox, move: Move, most: float) -> DrawnMove:
    """A line from a box to itself, at its right side."""
    thick = _thickness(move.count, most)
    x, y, long = box.right, box.y, 7 + thick
    line = f"M{x:.1f} {y - 10:.1f}C{x + 34:.1f} {y - 18:.1f} {x + 34:.1f} {y + 18:.1f} {x + long - 1:.1f} {y + 10:.1f}"
    half = 3.6 + thick * 0.7
    arrow = f"{x:.1f},{y + 10:.1f} {x + long:.1f},{y + 10 - half:.1f} {x + long:.1f},{y + 10 + half:.1f}"
    label = Text(round(x + LOOP_ROOM + text_width(move.label, SMALL_SIZE) / 2, 1), round(y + 4, 1), move.label)
    return DrawnMove((box.key, box.key), line, arrow, thick, label if move.label else None, move, False, looped=True)


def _drawn_steps(picture: Picture, words: Mapping[str, Sequence[str]], steps: Mapping[str, Step]) -> list[DrawnStep]:
    most = max((step.count for key, step in steps.items() if key not in (START, END)), default=1.0)
    found = []
    for box in picture.boxes:
        step, lines = steps[box.key], words[box.key]
        top = box.top + 7 + LINE_HEIGHT * 0.74
        texts = [Text(round(box.x, 1), round(top + at * LINE_HEIGHT, 1), line) for at, line in enumerate(lines)]
        small = Text(round(box.x, 1), round(top + len(lines) * LINE_HEIGHT, 1), step.small) if step.small else None
        ends = box.key in (START, END)
        found.append(DrawnStep(box.key, box, texts, small, step, 0 if ends else shade(step.count, most), ends))
    return found
