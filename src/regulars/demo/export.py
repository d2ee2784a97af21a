"""The made-up company as the files that a real one would have: one from each system, each written its own way."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa

from regulars.demo.answers import SURVEY
from regulars.demo.company import Company

_DAY_AND_TIME = "%d.%m.%Y %H:%M:%S"


def export_files(company: Company, folder: Path) -> list[Path]:
    """Write the company's files into a folder (made where missing) and give their paths.

    orders.csv     order lines of shop and till: semicolons, decimal commas, UTF-8 with a byte-order mark; a
                   refund is a document of its own with negative quantities; guests have no customer number
    customers.csv  the shop's customer list with names, addresses and consent: semicolons, UTF-8 with a mark
    contacts.csv   deliveries, complaints, visits and messages: commas, quoted texts, ISO times
    calls.csv      the calls of the Sofia branch, as its telephone exchange writes them: Bulgarian headings,
                   semicolons, windows-1251
    answers.csv    one line an answer to one question of the survey: tabs

    Numbers, dates and keys are the log's; clients are named by the shop's customer number.
    Raises   OSError where the folder cannot be written
    """
    folder.mkdir(parents=True, exist_ok=True)
    shop = _frame(company.vault).filter(pl.col("source") == "shop")
    touches = _frame(company.tables["interactions"]).join(
        shop.select("client_key", "reference"), on="client_key", how="left"
    )
    local = pl.col("occurred_at").dt.convert_time_zone(company.zone)
    touches = touches.with_columns(local.alias("local")).sort("local", "interaction_id")
    clients = _frame(company.tables["clients"]).filter(pl.col("kind") == "customer")
    return [
        _orders(folder / "orders.csv", touches, _frame(company.tables["items"]), clients),
        _customers(folder / "customers.csv", shop, clients),
        _contacts(folder / "contacts.csv", touches),
        _calls(folder / "calls.csv", touches),
        _answers(folder / "answers.csv", touches, _frame(company.tables["answers"])),
    ]


def _frame(table: pa.Table) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(table))


def _comma(column: str) -> pl.Expr:
    """A number with two decimals and a decimal comma."""
    return pl.col(column).cast(pl.Decimal(18, 2)).cast(pl.String).str.replace(".", ",", literal=True)


def _orders(path: Path, touches: pl.DataFrame, items: pl.DataFrame, clients: pl.DataFrame) -> Path:
    sales = touches.filter(pl.col("kind").is_in(["order", "refund"]))
    refund = pl.col("kind") == "refund"
    lines = (
        sales.select(
            "interaction_id", "client_key", "reference", "local", "kind", "thread", "channel", "branch", "employee"
        )
        .join(items.drop("import_id", "source_row"), on="interaction_id", maintain_order="left")
        .join(clients.select("client_key", "customer_type", "country"), on="client_key", how="left")
    )
    document = pl.when(refund).then(pl.col("thread").str.replace("O", "R", literal=True)).otherwise("thread")
    lines.select(
        document.alias("Order no"),
        pl.col("local").dt.strftime(_DAY_AND_TIME).alias("Order date"),
        pl.col("reference").alias("Customer no"),
        pl.col("customer_type").alias("Customer type"),
        pl.col("country").alias("Country"),
        pl.col("channel").alias("Sales channel"),
        pl.col("branch").alias("Branch"),
        pl.col("employee").alias("Sales person"),
        pl.col("product").alias("Product code"),
        pl.col("product_name").alias("Product name"),
        pl.col("category").alias("Product category"),
        pl.col("quantity").cast(pl.Int64).alias("Quantity"),
        _comma("unit_price").alias("Unit price"),
        _comma("amount").alias("Amount"),
        _comma("cost").alias("Cost"),
    ).write_csv(path, separator=";", include_bom=True)
    return path


def _customers(path: Path, shop: pl.DataFrame, clients: pl.DataFrame) -> Path:
    consent = pl.when(pl.col("consents").str.contains("true")).then(pl.lit("yes")).otherwise(pl.lit("no"))
    customers = shop.join(clients.drop("import_id", "kind"), on="client_key").sort("reference")
    customers.select(
        pl.col("reference").alias("Customer no"),
        pl.col("name").alias("Customer name"),
        pl.col("customer_type").alias("Customer type"),
        pl.col("email").alias("E-mail"),
        pl.col("phone").alias("Phone"),
        pl.col("birthday").dt.strftime("%d.%m.%Y").alias("Date of birth"),
        pl.col("address").alias("Address"),
        pl.col("city").alias("City"),
        pl.col("region").alias("Region"),
        pl.col("country").alias("Country"),
        pl.col("gender").alias("Gender"),
        pl.col("acquired_by").alias("How did you hear about us"),
        consent.alias("Newsletter"),
    ).write_csv(path, separator=";", include_bom=True)
    return path


def _contacts(path: Path, touches: pl.DataFrame) -> Path:
    kinds = ["delivery", "complaint", "visit", "message", "collection", "assembly", "gesture", "referral"]
    due = pl.col("due_at").dt.convert_time_zone(str(touches["local"].dtype.time_zone))  # type: ignore[attr-defined]
    contacts = touches.filter(pl.col("kind").is_in(kinds) & pl.col("reference").is_not_null())
    contacts.select(
        pl.col("reference").alias("customer_id"),
        pl.col("local").dt.strftime("%Y-%m-%dT%H:%M:%S").alias("contact_date"),
        pl.col("kind").alias("contact_type"),
        "step",
        "touchpoint",
        "channel",
        "branch",
        "department",
        "employee",
        "initiated_by",
        due.dt.strftime("%Y-%m-%dT%H:%M:%S").alias("due_date"),
        "wait_seconds",
        "duration_seconds",
        "outcome",
        pl.col("thread").alias("case_id"),
        "text",
    ).write_csv(path)
    return path


def _calls(path: Path, touches: pl.DataFrame) -> Path:
    calls = touches.filter(pl.col("kind").is_in(["call", "missed_call"]) & (pl.col("branch") == "Sofia"))
    sheet = calls.select(
        pl.col("local").dt.strftime(_DAY_AND_TIME).alias("Дата на обаждане"),
        pl.col("reference").alias("Клиентски номер"),
        pl.col("kind").alias("Вид контакт"),
        pl.col("initiated_by").replace({"client": "входящо", "company": "изходящо"}).alias("Посока"),
        pl.col("employee").alias("Оператор"),
        pl.col("wait_seconds").alias("Време за чакане"),
        pl.col("duration_seconds").alias("Продължителност"),
        pl.col("outcome").alias("Резултат"),
    )
    path.write_text(sheet.write_csv(separator=";", line_terminator="\r\n"), encoding="cp1251", newline="")
    return path


def _answers(path: Path, touches: pl.DataFrame, answers: pl.DataFrame) -> Path:
    given = touches.filter(pl.col("reference").is_not_null()).select(
        "interaction_id", "reference", "local", "thread", "employee"
    )
    surveyed = answers.filter(pl.col("survey") == SURVEY)
    lines = given.join(surveyed, on="interaction_id", maintain_order="left_right")
    lines.select(
        pl.col("local").dt.strftime("%Y-%m-%d %H:%M:%S").alias("answered at"),
        pl.col("reference").alias("customer no"),
        pl.col("thread").alias("order no"),
        "survey",
        "question",
        pl.col("kind").alias("question kind"),
        "score",
        pl.col("scale_min").alias("scale min"),
        pl.col("scale_max").alias("scale max"),
        "text",
        "language",
    ).write_csv(path, separator="\t")
    return path
