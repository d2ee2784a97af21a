"""What kinds of cells, stages, holes and questions are called, and what the library refuses, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.fourquestions.errors import FourQuestionsError
from regulars.fourquestions.parts import Question
from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.parts import STAGES, EvidenceKind, Hole, Kind, Stage

KIND_WORDS: Mapping[Kind, Any] = {
    "need": gettext_lazy("Need"),
    "problem": gettext_lazy("Problem"),
    "fear": gettext_lazy("Fear"),
    "barrier": gettext_lazy("Barrier"),
    "criterion": gettext_lazy("Criterion of choice"),
}
KIND_PLURALS: Mapping[Kind, Any] = {
    "need": gettext_lazy("Needs"),
    "problem": gettext_lazy("Problems"),
    "fear": gettext_lazy("Fears"),
    "barrier": gettext_lazy("Barriers"),
    "criterion": gettext_lazy("They choose by"),
}
ADD_WORDS: Mapping[Kind, Any] = {
    "need": gettext_lazy("Add a need"),
    "problem": gettext_lazy("Add a problem"),
    "fear": gettext_lazy("Add a fear"),
    "barrier": gettext_lazy("Add a barrier"),
    "criterion": gettext_lazy("Add a criterion"),
}
KIND_HELPS: Mapping[Kind, Any] = {
    "need": gettext_lazy("What customers want to get done or to feel here, in their words."),
    "problem": gettext_lazy("What is hard for them here, what goes wrong."),
    "fear": gettext_lazy("What they are afraid might happen."),
    "barrier": gettext_lazy("What keeps them from going on."),
    "criterion": gettext_lazy("By what they compare and decide."),
}
EVIDENCE_WORDS: Mapping[EvidenceKind, Any] = {
    "quote": gettext_lazy("Quote"),
    "score": gettext_lazy("Score"),
    "measure": gettext_lazy("Measure"),
}
STAGE_WORDS: Mapping[str, Any] = {
    "learns of us": gettext_lazy("Learns of us"),
    "considers": gettext_lazy("Considers"),
    "buys": gettext_lazy("Buys"),
    "uses": gettext_lazy("Uses"),
    "buys again": gettext_lazy("Buys again"),
    "recommends": gettext_lazy("Recommends"),
    "leaves": gettext_lazy("Leaves"),
}
HOLE_WORDS: Mapping[Kind, Any] = {
    "fear": gettext_lazy("At “%(stage)s” customers fear “%(text)s”, and nothing answers it."),
    "barrier": gettext_lazy("At “%(stage)s” customers are held up by “%(text)s”, and nothing answers it."),
    "problem": gettext_lazy("At “%(stage)s” customers struggle with “%(text)s”, and nothing answers it."),
    "need": gettext_lazy("At “%(stage)s” customers need “%(text)s”, and nothing answers it."),
    "criterion": gettext_lazy("At “%(stage)s” customers choose by “%(text)s”, and nothing says how we stand there."),
}
QUESTION_WORDS: Mapping[Question, Any] = {
    "means": gettext_lazy("What does it mean to be our customer?"),
    "costs": gettext_lazy("What does it cost to be our customer, in money, time, effort and risk?"),
    "keeps": gettext_lazy("What keeps customers from leaving?"),
    "brings-back": gettext_lazy("What makes customers come back for more?"),
}
QUESTION_HELPS: Mapping[Question, Any] = {
    "means": gettext_lazy("What gets better in their life or business, and how it feels, in the customer's words."),
    "costs": gettext_lazy("All they give for it: the price, the hours, the trouble, and what may go wrong for them."),
    "keeps": gettext_lazy("A contract, no other supplier, the trouble of changing; or that they like it here."),
    "brings-back": gettext_lazy("What they look forward to. Staying without an alternative is not loyalty."),
}
_NO_NEED = gettext_lazy("Nobody has written down what customers need at “%(stage)s”.")
_OPINION = gettext_lazy("“%(text)s”, at “%(stage)s”")
# code of the library -> sentence with the same names.
WRONG_WORDS: Mapping[str, Any] = {
    "not_a_map": gettext_lazy("This is not a journey map that can be read: %(where)s is missing or of the wrong kind."),
    "bad_group": gettext_lazy("%(found)s cannot be the group of a map. Choose a group, or everyone."),
    "no_text": gettext_lazy("Nothing is written. Say it in your own words, as customers would."),
    "text_too_long": gettext_lazy("This text is longer than %(limit)s characters. Say it more shortly."),
    "unprintable": gettext_lazy("The text holds a character that cannot be shown. Type it anew."),
    "unknown_kind": gettext_lazy("There is no kind %(found)s. Open the map again and choose one."),
    "unknown_stage": gettext_lazy("The map has no stage %(found)s any more. Open the map again and choose one."),
    "unknown_cell": gettext_lazy("This is not on the map any more: somebody took it off. Open the map again."),
    "changed_meanwhile": gettext_lazy(
        "Somebody has changed this meanwhile. Open it again, read what they wrote, and change it then."
    ),
    "unknown_evidence": gettext_lazy("There is no evidence of the kind %(found)s."),
    "same_evidence": gettext_lazy("This evidence is attached already."),
    "too_many": gettext_lazy("That would be %(found)s; %(limit)s is the most. Take something off first."),
    "no_stages": gettext_lazy("The map needs at least one stage."),
    "stage_in_use": gettext_lazy("The stage “%(found)s” is not empty. Move what is there or take it off first."),
    "same_stage": gettext_lazy("Two stages are called “%(found)s”. Give each its own name."),
    "unknown_version": gettext_lazy("This map has no version %(version)s."),
    "unknown_question": gettext_lazy("There is no question %(found)s."),
}


def wrong_words(error: JourneyMapError | FourQuestionsError) -> str:
    """What the library refused, and what to do."""
    return str(WRONG_WORDS[error.reason]) % error.facts


def stage_words(stage: Stage) -> str:
    """A stage's name: in the reader's language where nobody has given it another one."""
    known = dict(STAGES).get(stage.key) == stage.name
    return str(STAGE_WORDS[stage.name]) if known else stage.name


def hole_words(hole: Hole) -> str:
    """What the map lacks, as a sentence."""
    stage = stage_words(hole.stage)
    if hole.cell is None:
        return str(_NO_NEED) % {"stage": stage}
    words = _OPINION if hole.kind == "no evidence" else HOLE_WORDS[hole.cell.kind]
    return str(words) % {"stage": stage, "text": hole.cell.text}


def signed_words(by: str) -> str:
    """Who said or changed something."""
    return by or _("nobody named")
