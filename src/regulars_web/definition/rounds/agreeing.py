"""What a round came to so far: votes on criteria, who took part, what is said about each draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from regulars_web.definition.models import Comment, Criterion, Draft, Invitation, Round, Statement
from regulars_web.definition.rounds.criteria import words_of

AGREED = 0.5  # of those who wrote a statement must ask for a criterion


@dataclass(frozen=True)
class Voted:
    """A criterion with its votes: ``votes`` of ``of`` people who wrote a statement find it necessary."""

    criterion: Criterion
    words: str
    votes: int
    of: int

    @property
    def agreed(self) -> bool:
        """Whether more than half asked for it."""
        return self.of > 0 and self.votes > AGREED * self.of

    @property
    def share(self) -> float | None:
        """Votes as a share; None where nobody wrote."""
        return self.votes / self.of if self.of else None


@dataclass(frozen=True)
class Took:
    """How many of one sort were invited, opened their link, and wrote a statement."""

    invited: int
    opened: int
    stated: int


@dataclass(frozen=True)
class Weighed:
    """A draft with what was said about it."""

    draft: Draft
    meets: tuple[str, ...]
    misses: tuple[str, ...]
    yes: int
    no: int
    comments: tuple[Comment, ...]

    @property
    def answered(self) -> int:
        """How many said whether they could stand behind it."""
        return self.yes + self.no


def votes(round_: Round) -> list[Voted]:
    """All criteria of a round with their votes, most first."""
    of = Statement.objects.filter(invitation__round=round_).count()
    counted = round_.criteria.annotate(votes_counted=Count("votes"))
    found = [Voted(one, words_of(one), one.votes_counted, of) for one in counted]
    return sorted(found, key=lambda one: (-one.votes, one.criterion.place))


def agreed(round_: Round) -> list[Criterion]:
    """The criteria that more than half of those who wrote asked for."""
    return [one.criterion for one in votes(round_) if one.agreed]


def took_part(round_: Round) -> dict[str, Took]:
    """Staff and customers: how many were invited and took part; a sort that was not invited is left out."""
    invited = round_.invitations.filter(Q(revoked_at=None) | Q(stated_at__isnull=False))
    found = {}
    for name, sort in (("staff", ~Q(sort=Invitation.Sort.CUSTOMER)), ("customers", Q(sort=Invitation.Sort.CUSTOMER))):
        mine = invited.filter(sort)
        told = mine.aggregate(
            n=Count("pk"),
            opened=Count("pk", filter=Q(opened_at__isnull=False)),
            stated=Count("pk", filter=Q(stated_at__isnull=False)),
        )
        if told["n"]:
            found[name] = Took(told["n"], told["opened"], told["stated"])
    return found


def weighed(round_: Round) -> list[Weighed]:
    """Drafts that stand, with what was said about each; nobody is named."""
    asked_for = {one.criterion.pk: one.words for one in votes(round_) if one.agreed}
    drafts = (
        round_.drafts.filter(withdrawn_at=None)
        .prefetch_related("comments__invitation")
        .annotate(
            yes=Count("stands", filter=Q(stands__stands=True)), no=Count("stands", filter=Q(stands__stands=False))
        )
    )
    return [
        Weighed(
            one,
            tuple(words for key, words in asked_for.items() if key in one.meets),
            tuple(words for key, words in asked_for.items() if key not in one.meets),
            one.yes,
            one.no,
            tuple(one.comments.all()),
        )
        for one in drafts
    ]


def suggestions(round_: Round) -> list[str]:
    """Further criteria that people suggested and nobody put to the vote yet, each once."""
    there = {one.words.casefold() for one in round_.criteria.all() if one.words}
    found = Statement.objects.filter(invitation__round=round_, hidden_at=None).exclude(suggested="")
    words = dict.fromkeys(found.order_by("written_at").values_list("suggested", flat=True))
    return [one for one in words if one.casefold() not in there]
