"""Writes the reference pages from the code, and the README's output: `python -m docs.reference`, or `make docs`.

docs/measures.md and docs/cli.md are generated whole; in docs/data.md the parts between the marks
``<!-- generated: NAME -->`` and ``<!-- end -->``. A test fails while a page is not what the code says.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

import regulars.cli
from docs import commands as commands_shown
from docs.log_columns import LogColumn, log_tables
from regulars.cli.shared import app
from regulars.imports import budget, synonyms, synonyms_contacts
from regulars.imports.fields import FORMS, Field, Form
from regulars.measures import FAMILIES, Measure
from regulars.words import measures as of_words

FOLDER = Path(__file__).parent
# What is measured of texts is registered apart, since measures open no door.
WALKED = (*FAMILIES, of_words)
LANGUAGES = ("English", "Bulgarian", "Russian", "Czech", "Turkish")
NOTICE = "<!-- Written by `make docs` from the code: change it there. -->"
_TECHNICAL = re.compile(r"\b(complete|concept|consumer|timestamp|unique)\b")
_EXAMPLE = re.compile(r"\[dim\](.*?)\[/dim\]")
_GENERATED = re.compile(r"(<!-- generated: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Every generated page and what it should hold."""
    data = FOLDER / "data.md"
    return {
        FOLDER / "measures.md": measures_page(),
        FOLDER / "cli.md": cli_page(),
        data: filled(data.read_text(encoding="utf-8")),
    }


def filled(text: str) -> str:
    """A page with the parts between its marks made anew."""
    parts = {"tables": tables_part, "fields": fields_part, "limits": limits_part}
    return _GENERATED.sub(lambda found: f"{found[1]}\n{parts[found[2]]()}\n\n{found[4]}", text)


# Measures ------------------------------------------------------------------------------------------------


def measures_page() -> str:
    """All measures, family by family: question, grain, columns, formula, source."""
    families = [(module, measures_of(module)) for module in WALKED]
    index = [f"| [`{m.name}`](#{m.name}) | {cell(m.question)} |" for _, measures in families for m in measures]
    lines = [
        NOTICE,
        "",
        "# Measures",
        "",
        "What each measure answers, what one row of it is, and where its formula comes from. How to read them, "
        "and what for, is in [method.md](method.md).",
        "",
        "Every estimate `x` stands beside `x_low` and `x_high` (95% interval), the number of cases `n`, and "
        "`x_reason`, which says why a value is unknown. Unknown is empty, never 0. `small_sample` marks fewer "
        "than 30 cases. A column asked for with `--by` comes first. Money is in the company's currency.",
        "",
        "| Measure | Question |",
        "|---|---|",
        *index,
    ]
    for module, measures in families:
        lines += ["", f"## {(module.__doc__ or '').strip().rstrip('.')}"]
        for measure in measures:
            lines += ["", *_measure(measure)]
    return "\n".join(lines) + "\n"


def measures_of(module: ModuleType) -> list[Measure]:
    """The measures that a family's results module registers."""
    return [value for value in vars(module).values() if isinstance(value, Measure)]


def _measure(measure: Measure) -> Iterator[str]:
    yield from (f"### {measure.name}", "", f"**{measure.question}**", "", f"One result is {measure.grain}.", "")
    yield from ("| Column | Type | Unit | Meaning |", "|---|---|---|---|")
    for column in measure.columns:
        yield f"| `{column.name}` | {column.type} | {cell(column.unit)} | {cell(column.meaning)} |"
    for choice in measure.choices:
        allowed = f" ({', '.join(choice.allowed)}; {choice.default} where nothing is said)" if choice.allowed else ""
        yield from ("", f"`--set {choice.name}=…`: {choice.meaning}{allowed}.")
    yield from ("", f"Formula: {measure.formula}")
    if measure.source:
        yield from ("", f"Source: {measure.source}")


# Command line --------------------------------------------------------------------------------------------


def cli_page() -> str:
    """All commands with examples, arguments and options, as the command line itself knows them."""
    lines = [
        NOTICE,
        "",
        "# Command line",
        "",
        "A workspace is named by `-w FOLDER`, by the environment variable `REGULARS_WORKSPACE`, or is the current "
        "folder. Every command has `--help`. The exit code is 0 when all went well, 1 when something failed (one "
        "sentence on standard error says what and what to do), 2 for wrong use.",
    ]
    for words, command in commands():
        lines += ["", *_command(words, command)]
    return "\n".join(lines) + "\n"


def commands() -> list[tuple[str, TyperCommand | TyperGroup]]:
    """Every command with the words that call it, in the order of the help."""
    assert regulars.cli.COMMANDS, "importing the command line registers its commands"  # noqa: S101
    found: list[tuple[str, TyperCommand | TyperGroup]] = []
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)  # noqa: S101
    for name in root.list_commands(None):  # type: ignore[arg-type]
        command = root.commands[name]
        found.append((name, command))  # type: ignore[arg-type]
        if isinstance(command, TyperGroup):
            found += [(f"{name} {inner}", command.commands[inner]) for inner in command.commands]  # type: ignore[misc]
    return found


def examples(command: TyperCommand | TyperGroup) -> list[str]:
    """The example lines of a command's help."""
    return _EXAMPLE.findall(command.help or "")


def _command(words: str, command: TyperCommand | TyperGroup) -> Iterator[str]:
    yield from (f"## regulars {words}", "", _EXAMPLE.sub("", command.help or "").strip(), "")
    yield from ("```", *(f"$ {line}" for line in examples(command)), "```")
    if command.params:
        yield from ("", "| Argument or option | Values | Meaning |", "|---|---|---|")
    for given in command.params:
        assert isinstance(given, TyperArgument | TyperOption)  # noqa: S101
        yield f"| {_spelling(given)} | {_values(given)} | {cell(given.help or '')} |"


def _spelling(given: TyperArgument | TyperOption) -> str:
    if isinstance(given, TyperArgument):
        word = str(given.name).upper()
        return f"`{word}`" if given.required else f"`[{word}]`"
    return ", ".join(f"`{name}`" for name in given.opts if not name.startswith("--no-"))


def _values(given: TyperArgument | TyperOption) -> str:
    kind = given.type_descriptor.annotation
    words = "text"
    if kind is bool:
        return ""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        words = ", ".join(str(choice.value) for choice in kind)
    elif kind is int:
        words = "number" if given.min is None else f"number, {given.min} and more"
    elif kind is Path:
        words = "path"
    default = given.default
    if default is None or default == []:
        return words
    return f"{words}; {default} when left out"


# The log and imports -------------------------------------------------------------------------------------


def tables_part() -> str:
    """Every table of the log with every column."""
    return "\n\n".join("\n".join(_table(name, grain, columns)) for name, grain, columns in log_tables())


def _table(name: str, grain: str, columns: Iterable[LogColumn]) -> Iterator[str]:
    yield from (f"### {name}", "", f"{grain}.", "", "| Column | Type | Meaning |", "|---|---|---|")
    for column in columns:
        yield f"| `{column.name}` | {column.type} | {cell(column.meaning)} |"


def fields_part() -> str:
    """Every form of file with its fields, and a name for each in five languages."""
    return "\n\n".join("\n".join(_form(form)) for form in FORMS.values())


def _form(form: Form) -> Iterator[str]:
    needs = " and ".join(need.words for need in form.needs)
    yield from (f"### {form.name}", "", f"One row is {form.grain}. Needs {needs}.", "")
    yield f"| Field | Meaning | {' | '.join(LANGUAGES)} |"
    yield "|---|---|" + "---|" * len(LANGUAGES)
    for field in form.fields.values():
        yield f"| `{field.name}` | {cell(field.meaning)} | {' | '.join(first_names(form, field))} |"


def first_names(form: Form, field: Field) -> list[str]:
    """What the field is first looked for as, in each language; empty where it has no name there."""
    own = {
        "orders": synonyms.ORDERS,
        "contacts": synonyms_contacts.CONTACTS,
        "answers": synonyms_contacts.ANSWERS,
        "reviews": synonyms_contacts.ANSWERS,
        "customers": synonyms_contacts.CUSTOMERS,
    }
    text = own[form.name].get(field.name) or synonyms.SHARED.get(field.name, "")
    lines = [line for line in text.strip().splitlines() if not line.startswith(" " * 10)]
    names = [_everyday(line) for line in lines]
    return (names + [""] * len(LANGUAGES))[: len(LANGUAGES)]


def _everyday(line: str) -> str:
    """The first name of a line that people use; those of event logs and public data sets say nothing to them."""
    names = [name.strip() for name in line.strip().strip(",").split(",")]
    return next((name for name in names if not _TECHNICAL.search(name)), names[0])


def limits_part() -> str:
    """What one file may cost before it is refused."""
    gib, mib = 1024 * budget.MIB, budget.MIB
    return "\n".join(
        [
            f"- columns: {budget.MAX_COLUMNS:,}",
            f"- one cell: {budget.MAX_CELL_CHARACTERS // mib} million characters",
            f"- compressed text, unpacked: {budget.MAX_UNPACKED_BYTES // gib} GiB, and at most "
            f"{budget.MAX_RATIO} times the packed size",
            f"- a workbook, unpacked: {budget.MAX_WORKBOOK_BYTES // gib} GiB and {budget.MAX_WORKBOOK_CELLS:,} cells "
            "in the rectangle around the filled ones",
            f"- the process that reads a workbook: {budget.WORKBOOK_MEMORY_BYTES // gib} GiB of memory, "
            f"{budget.WORKBOOK_SECONDS} seconds of computing",
        ]
    )


def cell(text: str) -> str:
    """A text that does not end the cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write every page that is not what the code says."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    commands_shown.main()


if __name__ == "__main__":
    main()
