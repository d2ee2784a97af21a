"""The texts of the log: what customers wrote or said, with the scores that came along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from regulars.measures.purchases import in_period, interactions
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.audience import CUSTOMERS, with_audience
from regulars.measures.scores.taken_back import without_taken_back
from regulars.words.choices import KEY, NOUN

# Kinds whose text is none of the customer's, or no words at all.
_SILENT = ("order", "refund", "adjustment", "delivery", "offer", "gesture", "referral")
_SENT_STEPS = ("invite", "remind")
# Kind of interaction -> kind of evidence; every other kind is a note from a contact.
EVIDENCE: Mapping[str, str] = {
    "answer": "survey",
    "review": "review",
    "interview": "interview",
    "focus group": "focus group",
    "mystery visit": "mystery visit",
    "complaint": "complaint",
}
CONTACT_NOTE = "contact note"


def texts(log: LogTables, scope: Scope) -> ir.Table:
    """Every text up to ``scope.last_on``, whatever ``where`` says: themes are those of the whole company.

    Grain    one row per text: an interaction's own, and each text answer
    Columns  interaction_id · question string, "" for the interaction's own text · kind · occurred_on · text ·
             language or null · nps, csat, ces, rating float 0-1: means of the scores given at the same time, or null
    Empty    no texts, no rows
    """
    rows = _speaking(interactions(log, replace(scope, where=None, by=()), guests=True), log)
    own = rows.filter(rows.text.strip().length() > 0).select(
        "interaction_id",
        "kind",
        "occurred_on",
        "text",
        question=ibis.literal(""),
        language=ibis.null("string"),
    )
    said = log.answers.filter(log.answers.text.strip().length() > 0)
    said = said.select("interaction_id", "text", "language", question=said.question.fill_null("answer"))
    answered = said.join(rows.select("interaction_id", "kind", "occurred_on"), "interaction_id")
    columns = ("interaction_id", "question", "kind", "occurred_on", "text", "language")
    every = own.select(*columns).union(answered.select(*columns))
    scores = _scores(log.answers)
    return every.left_join(scores, every.interaction_id == scores.scored_id).select(
        *columns, "nps", "csat", "ces", "rating"
    )


def counted(log: LogTables, scope: Scope) -> ir.Table:
    """The interactions that the question is about.

    Grain    one row per interaction in the period that meets ``where``
    Columns  the ``by`` columns · interaction_id
    Empty    none, no rows
    """
    rows = in_period(_speaking(interactions(log, scope, guests=True), log), scope)
    return rows.select(*scope.by, "interaction_id")


def decided(log: LogTables, scope: Scope) -> ir.Table:
    """Decisions about themes. Names hold for all times, so also those decided after ``as_of`` are read.

    Grain    one row per version
    Columns  version int · decided_at instant · body JSON
    Empty    nothing decided, no rows
    """
    rows = log.decisions.filter((log.decisions.noun == NOUN) & (log.decisions.key == KEY))
    return rows.select("version", "decided_at", "body")


def _speaking(rows: ir.Table, log: LogTables) -> ir.Table:
    """What customers said, and partners outside surveys; answers given in confidence or taken back are not among it."""
    sent = rows.step.isin(_SENT_STEPS).fill_null(False)
    rows = rows.filter(~(rows.kind.isin(_SILENT).fill_null(False) | sent))
    surveys = log.answers.select("survey", given_in="interaction_id").distinct()
    given = log.interactions.join(surveys, log.interactions.interaction_id == surveys.given_in)
    given = with_audience(given.select("client_key", "survey", "given_in"), log)
    inside = given.filter(given.audience != CUSTOMERS)
    rows = rows.anti_join(inside, rows.interaction_id == inside.given_in)
    return without_taken_back(rows, log)


def _scores(answers: ir.Table) -> ir.Table:
    """Scores of one interaction, each brought to 0 to 1; null where the scale is unknown."""
    low = answers.scale_min.fill_null(ibis.ifelse(answers.kind == "nps", 0.0, ibis.null("float64")))
    high = answers.scale_max.fill_null(ibis.ifelse(answers.kind == "nps", 10.0, ibis.null("float64")))
    place = ibis.ifelse(high > low, (answers.score - low) / (high - low), ibis.null("float64"))
    placed = answers.select("interaction_id", "kind", place=place)
    placed = placed.filter(placed.place.between(0, 1) & placed.kind.isin(("nps", "csat", "ces", "rating")))
    means = {kind: placed.place.mean(where=placed.kind == kind) for kind in ("nps", "csat", "ces", "rating")}
    return placed.group_by(scored_id=placed.interaction_id).aggregate(**means)
