"""The documentation proves itself: what it shows is run, what it lists is complete, what it links to is there."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import commands as shown_commands
from docs import log_columns, reference
from regulars.log.tables import TABLES
from regulars.measures import all_measures

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = ROOT / "README.md"
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_TESTED = re.compile(r"<!-- tested(: spark)? -->\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scratch folder with the files that the pages take for granted."""
    folder = tmp_path_factory.mktemp("exports")
    shown_commands.prepare(folder)
    return folder


# Generated pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", list(reference.pages()), ids=name_of)
def test_the_reference_says_what_the_code_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == reference.pages()[path], "run `make docs`"


def test_a_reference_page_that_fell_behind_would_be_noticed() -> None:
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert reference.filled(text.replace("SHA-256", "MD5")) != text.replace("SHA-256", "MD5")


def test_every_measure_is_in_the_reference_and_explained_to_a_person() -> None:
    listed = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    explained = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    for measure in all_measures():
        assert f"\n### {measure.name}\n" in listed
        assert f"`{measure.name}`" in explained, f"docs/method.md does not say what {measure.name} is good for"
        assert all(f"| `{column.name}` |" in listed for column in measure.columns)


def test_every_measure_belongs_to_a_family_that_the_reference_walks() -> None:
    walked = [measure.name for module in reference.WALKED for measure in reference.measures_of(module)]
    assert sorted(walked) == sorted(measure.name for measure in all_measures())


def test_every_column_of_the_log_has_a_meaning() -> None:
    columns = {name: {column.name: column for column in listed} for name, _, listed in log_columns.log_tables()}
    assert {name: list(listed) for name, listed in columns.items()} == {
        name: schema.names for name, schema in TABLES.items()
    }
    assert all(column.meaning for listed in columns.values() for column in listed.values())
    used = {column.meaning for listed in columns.values() for column in listed.values()}
    left_over = {name for name, meaning in log_columns.MEANINGS.items() if meaning not in used}
    assert left_over == set(), "these meanings belong to no column any more"


# Commands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [words for words, _ in reference.commands()])
def test_every_command_has_help_an_example_and_its_place_in_the_docs(words: str) -> None:
    command = dict(reference.commands())[words]
    assert command.help
    assert reference.examples(command), f"regulars {words} --help shows no example"
    assert f"\n## regulars {words}\n" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert all(getattr(given, "help", None) for given in command.params), "an option without help"


def examples_shown() -> Iterator[tuple[str, str]]:
    """Every `$ regulars …` line of a page, and every example of a command's help."""
    for page in PAGES:
        for line in re.findall(r"^\$ (regulars .*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            yield name_of(page), line
    for words, command in reference.commands():
        yield from ((f"help of {words}", line) for line in reference.examples(command))


@pytest.mark.parametrize(("place", "line"), list(examples_shown()))
def test_every_example_uses_words_that_exist(place: str, line: str) -> None:
    given = shlex.split(line)[1:]
    if given[0] == "-w":
        given = given[2:]
    known = dict(reference.commands())
    words = " ".join(given[:2]) if " ".join(given[:2]) in known else given[0]
    assert words in known, f"{place}: there is no command {words!r}"
    options = {name for parameter in known[words].params for name in parameter.opts}
    used = {word.split("=")[0] for word in given if word.startswith("-")}
    assert used <= options, f"{place}: {words} has no {', '.join(used - options)}"


def test_the_readme_shows_what_the_commands_really_print(exports: Path) -> None:
    conversations = shown_commands.conversations(README.read_text(encoding="utf-8"))
    assert len(conversations) == 5, "five commands, no more: the rest is in docs/cli.md"
    for command, shown in conversations:
        printed = shown_commands.answer(command, exports)
        assert shown_commands.agrees(shown, printed), f"`{command}` prints:\n{printed}\nRun `make docs`."


def test_an_output_that_is_not_what_a_command_prints_would_be_noticed() -> None:
    assert shown_commands.agrees("one\n…\nfour\n", "one\ntwo\nthree\nfour\n")
    assert not shown_commands.agrees("one\n…\nfive\n", "one\ntwo\nthree\nfour\n")
    assert not shown_commands.agrees("1 customers\n", "2 customers\n")
    assert not shown_commands.agrees("", "one\n")


def test_the_readme_asks_for_two_make_targets_and_nothing_else() -> None:
    text = README.read_text(encoding="utf-8")
    asked = re.findall(r"^make (\S+)", text, re.MULTILINE)
    assert asked == ["demo", "test"]
    assert "pip install" not in text
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in asked)


def test_the_readme_shows_the_pages_in_four_pictures() -> None:
    text = README.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text) + re.findall(r'<img src="([^"]+)" alt="[^"]+"', text)
    assert pictures == [f"docs/images/{name}.png" for name in ("home", "card", "home-dark", "home-phone")]
    for picture in pictures:
        assert 20_000 < (ROOT / picture).stat().st_size < 400_000


# Links and words -----------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """What GitHub calls the headings of a page."""
    heads = re.findall(r"^#+ (.+)$", _CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.exists(), f"{name_of(page)} links to {target}, which is not there"
        assert path.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(path), f"{name_of(page)} links to {target}: no such heading"


def test_decisions_are_numbered_without_gaps() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(decisions, start=1):
        assert path.name.startswith(f"{number:04}-")
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        assert all(f"\n## {part}" in text for part in ("Decision", "Reasons", "Instead"))


def test_no_page_claims_that_one_thing_causes_another() -> None:
    text = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8").lower()
    for word in ("because of", "causes", "leads to", "thanks to", "results in", "due to"):
        assert word not in text, f"docs/measures.md says {word!r}: measures compare, they do not prove"


def sources() -> Iterator[Path]:
    """The project's own text files."""
    for folder in ("src", "tests", "docs", "bench", "tools", "requirements", ".ci"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from (path for path in ROOT.iterdir() if path.is_file())


def private_words(text: str) -> list[str]:
    """Paths of one machine, and addresses that packages come from: both belong to whoever installs."""
    places = "|".join(["work", "home", "root", "Users"])
    options = "|".join(["index" + "-url", "find" + "-links", "extra" + "-index"])
    return re.findall(rf"(?<![\w.}}])/(?:{places})/\w+|--(?:{options})|https?://\S+/simple\b", text)


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {}
    for path in sources():
        with contextlib.suppress(UnicodeDecodeError):
            if path != Path(__file__) and (words := private_words(path.read_text(encoding="utf-8"))):
                found[name_of(path)] = words
    assert found == {}


def test_a_machine_path_would_be_noticed() -> None:
    someone = "/" + "home/someone"
    assert private_words(f"see {someone} for it") == [someone]
    assert private_words("-i https://packages.example/simple")
    assert private_words(f"a{someone} and docs{someone}") == []


# Python on the pages -------------------------------------------------------------------------------------


def python_of(page: str, *, spark: bool) -> str:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return "\n".join(code for mark, code in _TESTED.findall(text) if spark or not mark)


def run_beside_shop(code: str, folder: Path) -> str:
    """Run a page's Python in a folder that holds the workspace "shop"; returns what it prints."""
    if not (folder / "shop").exists():
        for command in ("regulars init shop", "regulars -w shop import orders.csv"):
            shown_commands.answer(command, folder)
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exec(compile(code, "docs/data.md", "exec"), {})  # noqa: S102 - the page's own code
    return printed.getvalue()


def test_other_programs_read_the_log_as_the_page_says(exports: Path) -> None:
    code = python_of("data.md", spark=False)
    assert "duckdb" in code
    assert "polars" in code
    printed = run_beside_shop(code, exports)
    assert "refund" in printed


@pytest.mark.spark
def test_spark_reads_the_log_as_the_page_says(exports: Path) -> None:
    pytest.importorskip("pyspark")
    printed = run_beside_shop(python_of("data.md", spark=True), exports)
    assert re.search(r"order\s*\|", printed)
