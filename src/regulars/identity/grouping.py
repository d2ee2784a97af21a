"""From pairs to customers: records that belong together, cut where one thin link would unite two people.

Pairs are taken from the surest to the weakest. Two groups become one only where the records of the one fit those of
the other on the whole (the mean weight over all their pairs), not where a single pair fits; and never where a person
said of two of their records that they are different.

Source   average linkage: Sokal and Michener (1958), University of Kansas Science Bulletin 38
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]

LEAST_WEIGHT, MOST_WEIGHT = -6.0, 10.0  # beyond these a pair says no more
UNSEEN = -6.0  # a pair that was never weighed has nothing in common


@dataclass
class Groups:
    """Records in groups that grow by joining. Keys are any integers; a record that was never named stands alone."""

    weights: dict[int, dict[int, tuple[float, int]]] = field(default_factory=dict)
    enemies: dict[int, set[int]] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    _parent: dict[int, int] = field(default_factory=dict)

    def of(self, key: int) -> int:
        """The record that stands for the group of this one."""
        root = key
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(key, key)) != root:
            self._parent[key], key = root, above
        return root

    def size(self, root: int) -> int:
        """How many records are in a group."""
        return len(self.members.get(root, (root,)))

    def weigh(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """What single pairs of records weigh; before anything is joined."""
        for left, right, weight in pairs:
            kept = (max(LEAST_WEIGHT, min(MOST_WEIGHT, weight)), 1)
            self.weights.setdefault(left, {})[right] = kept
            self.weights.setdefault(right, {})[left] = kept

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Pairs that a person said are different; before anything is joined."""
        for left, right in pairs:
            self.enemies.setdefault(left, set()).add(right)
            self.enemies.setdefault(right, set()).add(left)

    def may_join(self, left: int, right: int) -> bool:
        """Whether nobody said of two records of these groups that they are different."""
        return self.of(right) not in self.enemies.get(self.of(left), ())

    def mean(self, left: int, right: int) -> float:
        """Mean weight over all pairs between two groups."""
        one, other = self.of(left), self.of(right)
        total, weighed = self.weights.get(one, {}).get(other, (0.0, 0))
        pairs = self.size(one) * self.size(other)
        return (total + UNSEEN * (pairs - weighed)) / pairs

    def join(self, left: int, right: int) -> bool:
        """Make two groups one; False where they are one already."""
        kept, gone = self.of(left), self.of(right)
        if kept == gone:
            return False
        if self._ties(kept) < self._ties(gone):
            kept, gone = gone, kept
        self._parent[gone] = kept
        self.members.setdefault(kept, [kept]).extend(self.members.pop(gone, [gone]))
        self._move_weights(kept, gone)
        for enemy in self.enemies.pop(gone, set()):
            self.enemies[enemy].discard(gone)
            self.enemies[enemy].add(kept)
            self.enemies.setdefault(kept, set()).add(enemy)
        return True

    def _ties(self, root: int) -> int:
        return len(self.weights.get(root, ())) + len(self.enemies.get(root, ()))

    def _move_weights(self, kept: int, gone: int) -> None:
        mine = self.weights.setdefault(kept, {})
        mine.pop(gone, None)
        for other, (total, weighed) in self.weights.pop(gone, {}).items():
            if other == kept:
                continue
            before, count = mine.get(other, (0.0, 0))
            mine[other] = (before + total, count + weighed)
            theirs = self.weights[other]
            theirs.pop(gone, None)
            theirs[kept] = mine[other]


@dataclass(frozen=True)
class Grown:
    """Groups, the pairs that made them (a tree in each), and pairs that would have but were cut."""

    groups: Groups
    joined: list[Pair]
    cut: list[Pair]


def grow(
    *,
    given: Iterable[Pair],
    exact: Iterable[Pair],
    modelled: Iterable[tuple[int, int, float]],
    weighed: Iterable[tuple[int, int, float]],
    apart: Iterable[Pair],
    least_mean: float,
) -> Grown:
    """Join records into groups.

    given     pairs that hold already: said by a person, or by an earlier run of which nothing has changed
    exact     pairs that share an exact key
    modelled  pairs above the model's threshold, with their weight
    weighed   all pairs that were weighed, with their weight
    apart     pairs that a person said are different
    """
    groups = Groups()
    groups.keep_apart(apart)
    groups.weigh(weighed)
    joined: list[Pair] = []
    cut: list[Pair] = []
    for left, right in given:
        if groups.may_join(left, right):
            groups.join(left, right)
    ordered = sorted(modelled, key=lambda pair: (-pair[2], pair[0], pair[1]))
    for left, right, sure in _in_order(exact, ordered):
        if groups.of(left) == groups.of(right):
            continue
        fits = groups.may_join(left, right) and (sure or groups.mean(left, right) >= least_mean)
        if fits:
            groups.join(left, right)
        (joined if fits else cut).append((left, right))
    return Grown(groups, joined, cut)


def _in_order(exact: Iterable[Pair], modelled: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int, bool]]:
    yield from ((left, right, True) for left, right in exact)
    yield from ((left, right, False) for left, right, _weight in modelled)


def weakest_on_path(links: Mapping[Pair, float], start: int, end: int) -> Pair | None:
    """The weakest link on the surest way from one record to another over links; None where there is no way.

    links  pair -> weight; of several ways the one whose weakest link is strongest
    """
    groups = Groups()
    for pair in sorted(links, key=lambda pair: (-links[pair], pair)):
        groups.join(*pair)
        if groups.of(start) == groups.of(end):
            return pair
    return None
