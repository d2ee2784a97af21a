"""Answers that were typed in by mistake and taken back: still in the log, left out of all that is counted."""

from __future__ import annotations

import ibis.expr.types as ir

from regulars.measures.registry import LogTables

NOUN = "answer"  # of the decision; its key is the number of the interaction
_TAKEN_BACK_IN_JSON = '"taken_back":true'
# Numbers of interactions, for queries written by hand: of the newest decision, so that one that is put back counts.
TAKEN_BACK = f"""
    SELECT try_cast(key AS BIGINT) AS interaction_id FROM recorded_decisions
    WHERE noun = '{NOUN}' AND try_cast(key AS BIGINT) IS NOT NULL
    GROUP BY key HAVING arg_max(json_extract_string(body, '$.taken_back'), version) = 'true'"""  # noqa: S608  ours
STANDING = f"interaction_id NOT IN ({TAKEN_BACK})"


def newest_decisions(log: LogTables, noun: str) -> ir.Table:
    """What holds of a noun's decisions: one row per key with its newest version: key, body."""
    said = log.decisions.filter(log.decisions.noun == noun)
    newest = said.group_by(newest_key="key").aggregate(newest_version=said.version.max())
    both = said.join(newest, [said.key == newest.newest_key, said.version == newest.newest_version])
    return both.group_by("key").aggregate(body=both.body.max())


def without_taken_back(rows: ir.Table, log: LogTables) -> ir.Table:
    """``rows``, which have interaction_id, without those of answers that were taken back."""
    newest = newest_decisions(log, NOUN)
    back = newest.filter(newest.body.replace(" ", "").contains(_TAKEN_BACK_IN_JSON))
    back = back.select(back_key="key")
    # Keys of decisions are texts, of which some may be no numbers; a number is always a text.
    return rows.anti_join(back, rows.interaction_id.cast("string") == back.back_key)
