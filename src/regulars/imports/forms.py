"""What each form of file becomes in the log: which tables its rows make, and what is counted of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

import duckdb

from regulars.imports import long_answers, orders, people, questionnaires, touches
from regulars.imports.contract import Asked
from regulars.imports.fields import ATTRIBUTE
from regulars.imports.rows import CONTRACT_FIELDS, count
from regulars.imports.summary import Counts
from regulars.log.vault import Vault
from regulars.settings import Settings

LogFiles = Mapping[str, Sequence[str]]
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Batch:
    """One import on its way into the log; ``now`` dates statements that have no date of their own."""

    connection: Connection
    vault: Vault
    settings: Settings
    source: str
    import_id: int
    now: datetime
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Form(ABC):
    """A form of file.

    fields       what is read of each line
    fresh_lines  DuckDB table or view of the lines that the log does not have yet
    """

    fields: tuple[str, ...]
    fresh_lines: str

    @abstractmethod
    def prepare(self, batch: Batch, files: LogFiles) -> None:
        """From view ``typed`` make ``fresh_lines``."""

    def refused(self, batch: Batch) -> list[tuple[int, str, str]]:
        """Lines that could be read but not be used: line, reason, the cell at fault."""
        return []

    @abstractmethod
    def queries(self, batch: Batch) -> dict[str, str]:
        """Log table -> query of its new rows."""

    @abstractmethod
    def counts(self, batch: Batch) -> Counts:
        """What is in the fresh lines."""

    def at(self, batch: Batch) -> str:
        """SQL of the instant at which a line states what it says of its client."""
        return "occurred"

    def clients(self, batch: Batch) -> str:
        """Query of the clients rows."""
        return people.assertions(batch.import_id, self.fresh_lines, at=self.at(batch))


class Orders(Form):
    """Order lines: interactions, items, and deliveries where the file has their dates."""

    def prepare(self, batch: Batch, files: LogFiles) -> None:
        rates = {code: f"{rate:f}" for code, rate in batch.settings.rates.items()}
        orders.prepare(batch.connection, batch.source, rates, batch.settings.currency)
        orders.documents(batch.connection, files)

    def refused(self, batch: Batch) -> list[tuple[int, str, str]]:
        return batch.connection.execute("SELECT line, reason, cell FROM refused").fetchall()

    def queries(self, batch: Batch) -> dict[str, str]:
        main = orders.interactions(batch.import_id, batch.source)
        brought = orders.deliveries(batch.import_id, batch.source)
        return {
            "interactions": f"({main}) UNION ALL BY NAME ({brought})",
            "items": orders.items(batch.import_id),
        }

    def counts(self, batch: Batch) -> Counts:
        kinds = dict(batch.connection.execute("SELECT kind, count(*) FROM documents GROUP BY kind").fetchall())
        row = batch.connection.execute(
            "SELECT count(*) FILTER (WHERE ref IS NULL), count(*) FILTER (WHERE money = 0), "
            "count(DISTINCT ref), min(occurred_on), max(occurred_on) FROM fresh"
        ).fetchall()[0]
        total = batch.connection.execute("SELECT coalesce(sum(amount), 0) FROM documents").fetchall()[0][0]
        return Counts(
            documents=sum(kinds.values()),
            orders=kinds.get("order", 0),
            refunds=kinds.get("refund", 0),
            adjustments=kinds.get("adjustment", 0),
            cancellations=kinds.get("cancellation", 0),
            guest_lines=row[0],
            zero_price_lines=row[1],
            customers=row[2],
            first_on=row[3],
            last_on=row[4],
            net_total=total,
        )


class Touches(Form):
    """Contacts: one interaction a line."""

    identifying: ClassVar[tuple[str, ...]] = touches.CONTACT_IDENTITY

    def prepare(self, batch: Batch, files: LogFiles) -> None:
        touches.prepare(batch.connection, batch.source, self.identifying)
        touches.keep_fresh(batch.connection, files)

    def queries(self, batch: Batch) -> dict[str, str]:
        return {"interactions": touches.contacts(batch.import_id, batch.source)}

    def counts(self, batch: Batch) -> Counts:
        row = batch.connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE ref IS NULL), count(DISTINCT ref), "
            "min(occurred_on), max(occurred_on) FROM fresh"
        ).fetchall()[0]
        return Counts(interactions=row[0], guest_lines=row[1], customers=row[2], first_on=row[3], last_on=row[4])


class Answers(Touches):
    """Answers and reviews: one interaction a line; its answers one row a question."""

    kind: ClassVar[str] = "answer"

    def prepare(self, batch: Batch, files: LogFiles) -> None:
        if batch.questions:
            several = any(not one.field for one in batch.questions)
            questionnaires.refuse(batch.connection, blank_too=not several)
            questionnaires.contents(batch.connection)
            touches.prepare_questionnaires(batch.connection, batch.source, several=several)
        else:
            long_answers.find_scales(batch.connection)
            touches.prepare_questionnaires(batch.connection, batch.source, several=False)
        touches.keep_fresh(batch.connection, files)

    def refused(self, batch: Batch) -> list[tuple[int, str, str]]:
        return batch.connection.execute("SELECT line, reason, cell FROM refused").fetchall()

    def queries(self, batch: Batch) -> dict[str, str]:
        return {
            "interactions": touches.answering(batch.import_id, batch.source, self.kind),
            "answers": self._answers(batch),
        }

    def counts(self, batch: Batch) -> Counts:
        return replace(
            super().counts(batch), answers=count(batch.connection, f"SELECT count(*) FROM ({self._answers(batch)})")
        )

    def _answers(self, batch: Batch) -> str:
        if batch.questions:
            return questionnaires.answers(batch.import_id, touches.survey_of(batch.source, self.kind))
        return touches.answers(batch.import_id, batch.source, self.kind)


class Reviews(Answers):
    """Reviews: stars and words that nobody asked for."""

    kind: ClassVar[str] = "review"


class Customers(Form):
    """A customer list: clients rows and personal details, no interactions."""

    def prepare(self, batch: Batch, files: LogFiles) -> None:
        people.prepare(batch.connection)

    def queries(self, batch: Batch) -> dict[str, str]:
        return {}

    def counts(self, batch: Batch) -> Counts:
        return Counts(customers=count(batch.connection, "SELECT count(DISTINCT ref) FROM people"))

    def at(self, batch: Batch) -> str:
        return f"TIMESTAMPTZ '{batch.now.isoformat()}'"

    def clients(self, batch: Batch) -> str:
        kind = "lower(coalesce(t.kind, 'customer'))"
        stated = [name for (name, *_) in batch.connection.execute("DESCRIBE people").fetchall()]
        attributes = [name for name in stated if name in CONTRACT_FIELDS or name.startswith(ATTRIBUTE)]
        return people.assertions(batch.import_id, "people", kind=kind, at=self.at(batch), attributes=attributes)


FORMS: dict[str, Form] = {
    "orders": Orders(orders.FIELDS, "fresh"),
    "contacts": Touches(touches.CONTACT_FIELDS, "fresh"),
    "answers": Answers(touches.ANSWER_FIELDS, "fresh"),
    "reviews": Reviews(touches.ANSWER_FIELDS, "fresh"),
    "customers": Customers(people.FIELDS, "people"),
}
