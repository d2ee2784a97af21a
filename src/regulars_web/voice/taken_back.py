"""Answers that were taken back, as a condition of queries of ours; measures leave them out by themselves."""

from __future__ import annotations

from regulars.measures.scores.taken_back import NOUN

# Of the newest decision about an answer, so that one that is put back counts again.
STANDING = f"""interaction_id NOT IN (
    SELECT try_cast(key AS BIGINT) FROM decisions WHERE noun = '{NOUN}' AND try_cast(key AS BIGINT) IS NOT NULL
    GROUP BY key HAVING arg_max(json_extract_string(body, '$.taken_back'), version) = 'true')"""  # noqa: S608  ours
