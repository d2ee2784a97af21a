"""regulars import"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.cli.shared import JsonOption, app, called, progress_bar, say, workspace

if TYPE_CHECKING:
    from regulars.imports.summary import Answered, ImportSummary

# What a file turned out to be, when it was no guess: worth a line in a dry run only.
ROUTINE = ("The encoding is UTF-8", "The columns are separated by")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, JSON lines, XLSX, ODS or Parquet; also .gz or .zip of one.")],
    form: Annotated[
        str | None,
        typer.Option("--as", help="orders, contacts, answers, reviews or customers; found when left out."),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="The system the file comes from. An id means one client within a source.")
    ] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="field=column, or field==text for a constant. Repeatable.")
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(
            help="Column and kind of question: 'NETPRO=nps missing 11', 'Q7*=rating 1-5 missing 0 never 6', "
            "'Q9=choice', 'Why=text', 'Q7COM*=skip'. Repeatable."
        ),
    ] = None,
    survey: Annotated[str | None, typer.Option(help="Name of the survey, where no column tells it.")] = None,
    on: Annotated[
        str | None,
        typer.Option(help="Day of all lines, as 2017-05-31; with --map occurred=COLUMN the day that is 1 in it."),
    ] = None,
    date_format: Annotated[str | None, typer.Option(help="DMY, MDY, YMD or a pattern such as %d.%m.%Y.")] = None,
    decimal_mark: Annotated[str | None, typer.Option(help="'.' or ','.")] = None,
    encoding: Annotated[str | None, typer.Option(help="When the guess is wrong, e.g. cp1251.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="When the guess is wrong, e.g. ';'.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; change nothing.")] = False,
    json_: JsonOption = False,
) -> None:
    """Read a file into the customer log. Lines that cannot be used are written to a file with their reasons.

    [dim]regulars -w shop import orders.csv --dry-run[/dim]
    [dim]regulars -w shop import export.xlsx --as orders --map amount=Total --date-format DMY[/dim]
    [dim]regulars -w shop import nps.csv --as answers --survey autumn --question "Score=nps missing 99"[/dim]
    """
    with workspace() as shop, progress_bar(shown=not json_) as progress:
        summary = shop.import_file(
            file,
            form=form,
            source=source,
            map=_overrides(map_ or []) | ({"survey": f"={survey}"} if survey else {}),
            questions=question or [],
            on=_day(on),
            date_format=date_format,
            decimal_mark=decimal_mark,
            encoding=encoding,
            delimiter=delimiter,
            sheet=sheet,
            dry_run=dry_run,
            progress=progress,
        )
        currency = shop.settings.currency
    if json_:
        say(summary.as_json())
        return
    for line in describe(summary, currency):
        say(line)


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is not a day as 2017-05-31", param_hint="--on") from error


def _overrides(given: list[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, mark, column = pair.partition("=")
        if not mark or not name.strip() or (not column and name.strip() != "question"):
            raise typer.BadParameter(f"{pair!r} is not field=column", param_hint="--map")
        found[name.strip()] = column
    return found


def describe(summary: ImportSummary, currency: str) -> list[str]:
    """The summary as lines for a person: what was read, what it holds, what needs a look."""
    verb = "would be imported" if summary.dry_run else "imported"
    lines = [
        f"{summary.file} as {summary.form}: {summary.lines_read:,} lines read = "
        f"{summary.lines_imported:,} {verb} + {summary.lines_rejected:,} rejected "
        f"+ {summary.lines_already_there:,} already there" + _left_out(summary),
        *_contents(summary, currency),
    ]
    lines += _questions(summary)
    if summary.dry_run:
        lines += ["", "Columns:", *_columns(summary), "", *_first_rows(summary)]
    lines += [f"  rejected: {count:,} × {reason}" for reason, count in summary.reasons.items()]
    lines += [f"  left empty: {count:,} × {warning}" for warning, count in summary.warnings.items()]
    if summary.rejects_file:
        lines.append(f"Mend the rejected lines in {summary.rejects_file} and import that file.")
    lines += [f"Note: {note}" for note in summary.notes if summary.dry_run or not note.startswith(ROUTINE)]
    if summary.import_id is not None:
        number = summary.import_id
        lines.append(f"This was import {number}. To take it back: {called()} imports undo {number}")
    elif summary.dry_run:
        lines.append("Nothing was changed. Without --dry-run the file is imported.")
    return lines


def _left_out(summary: ImportSummary) -> str:
    return f" + {summary.lines_left_out:,} left out (erased people)" if summary.lines_left_out else ""


def _contents(summary: ImportSummary, currency: str) -> list[str]:
    counts = summary.counts
    lines = []
    if counts.documents is not None:
        cancelled = f", {counts.cancellations:,} cancelled" if counts.cancellations else ""
        lines.append(
            f"  {counts.documents:,} documents: {counts.orders or 0:,} orders, {counts.refunds or 0:,} refunds, "
            f"{counts.adjustments or 0:,} adjustments{cancelled}"
        )
        lines.append(f"  {counts.net_total:,.2f} {currency} net, {counts.zero_price_lines or 0:,} lines at price zero")
    if counts.interactions is not None:
        answers = "" if counts.answers is None else f", {counts.answers:,} answers"
        lines.append(f"  {counts.interactions:,} interactions{answers}")
    if counts.first_on:
        lines.append(f"  from {counts.first_on} to {counts.last_on}")
    if summary.lines_imported:
        lines.append(f"  {counts.customers:,} customers; {counts.guest_lines:,} lines without a customer, kept apart")
    return lines


def _questions(summary: ImportSummary) -> list[str]:
    """Each question with its kind, scale and codes, and how many good lines answer it."""
    if not summary.questions:
        return []
    names = [
        one.column if one.column == one.question else f"{one.column} as {one.question}" for one in summary.questions
    ]
    width = max(len(name) for name in names)
    return [
        "Questions:",
        *(
            f"  {name:<{width}}  {_asked(one):<11}  {one.answered:,} answered, {one.blank:,} blank"
            + (f", {one.never_used:,} never used" if one.never_used else "")
            + _codes(one)
            for name, one in zip(names, summary.questions, strict=True)
        ),
    ]


def _asked(one: Answered) -> str:
    return one.kind if one.low is None or one.high is None else f"{one.kind} {one.low:g}-{one.high:g}"


def _codes(one: Answered) -> str:
    meant = [("missing", one.missing), ("never used", one.never)]
    told = "; ".join(f"{word}: {', '.join(codes)}" for word, codes in meant if codes)
    return f"   ({told})" if told else ""


def _columns(summary: ImportSummary) -> list[str]:
    width = max((len(name) for name in summary.mapping), default=0)
    lines = [
        f"  {name:<{width}}  ←  {column}" + _because(summary.mapping_reasons.get(name))
        for name, column in summary.mapping.items()
    ]
    if summary.unused:
        lines.append(f"  not read: {', '.join(summary.unused)}")
    return lines


def _because(reason: str | None) -> str:
    return f"   ({reason})" if reason else ""


def _first_rows(summary: ImportSummary) -> list[str]:
    lines = ["First rows as they would be read:"]
    for row in summary.first_rows:
        line = row.get("__line")
        cells = ", ".join(f"{name}={value}" for name, value in row.items() if value and not name.startswith("__"))
        lines.append(f"  line {line}: {cells}")
    return lines
