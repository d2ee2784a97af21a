"""Reports, an address to look at them, backups; and the installed program itself."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from docs import reference
from tests.cli.calls import misused, refused, regulars
from tests.web.served import serve, stop

PROGRAM = Path(sys.executable).parent / "regulars"


# Report --------------------------------------------------------------------------------------------------


def test_the_report_is_one_file_and_says_where_it_is(shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    answer = regulars("-w", shop, "report", "-o", path)
    assert answer.code == 0
    assert re.search(rf"^Wrote {path} \(\d\.\d MB\)", answer.out)
    text = path.read_text(encoding="utf-8")
    assert "Oakline" in text
    assert path.stat().st_size < 6_000_000


def test_the_report_of_an_empty_shop_says_what_to_do_first(fresh: Path, tmp_path: Path) -> None:
    assert regulars("-w", fresh, "report", "-o", tmp_path / "report.html").code == 0
    assert "regulars import" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_made_or_written_says_why(shop: Path, tmp_path: Path) -> None:
    assert "cannot be written" in refused("-w", shop, "report", "-o", tmp_path)
    assert "Write it as" in refused("-w", shop, "report", "--as-of", "yesterday")


# Serve ---------------------------------------------------------------------------------------------------


def asked(address: str, path: str, host: str = "") -> tuple[int, dict[str, str]]:
    """What the server answers: status and headers, without following where they lead."""
    name, port = address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(name, int(port), timeout=30)
    connection.request("GET", path, headers={"Host": host or f"{name}:{port}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders())


def test_the_pages_are_for_those_who_sign_in_and_hold_nothing_else(shop: Path, tmp_path: Path) -> None:
    shutil.copytree(shop, tmp_path / "shop")
    server, address = serve(tmp_path / "shop", colleagues=False)
    try:
        status, headers = asked(address, "/")
        assert (status, headers["location"]) == (302, "/account/login/?next=%2F")
        assert "default-src 'none'" in asked(address, "/account/login/")[1]["content-security-policy"]
        for path in ("/regulars.toml", "/../vault.sqlite3", "/%2e%2e/%2e%2e/etc/passwd", "/log/", "//etc/passwd"):
            assert asked(address, path)[0] == 404
        assert asked(address, "/", host="evil.example")[0] == 400, "a page elsewhere must not read it by another name"
    finally:
        stop(server)


def test_a_port_in_use_or_out_of_range_is_told(shop: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} of this machine cannot be used" in refused("-w", shop, "serve", "--port", str(port))
    assert "port" in misused("-w", shop, "serve", "--port", "70000")


# Backups -------------------------------------------------------------------------------------------------


def test_a_restored_shop_answers_like_the_one_that_was_saved(shop: Path, tmp_path: Path) -> None:
    archive = tmp_path / "kept" / "shop.tar.gz"
    answer = regulars("-w", shop, "backup", "-o", archive)
    assert answer.code == 0
    assert archive.stat().st_mode & 0o777 == 0o600, "it holds the vault"
    assert regulars("restore", archive, tmp_path / "again").code == 0
    question = ("measure", "rfm", "--names", "--format", "csv")
    assert regulars("-w", tmp_path / "again", *question).out == regulars("-w", shop, *question).out
    assert regulars("-w", tmp_path / "again", "imports").out == regulars("-w", shop, "imports").out


def test_a_backup_without_a_name_lies_in_the_workspace_and_not_in_the_next_one(fresh: Path) -> None:
    for _ in range(2):
        assert regulars("-w", fresh, "backup").code == 0
    newest = max((fresh / "backups").iterdir())
    assert regulars("restore", newest, fresh.parent / "again").code == 0
    assert not (fresh.parent / "again" / "backups").exists()


def test_a_backup_is_not_written_over_a_folder_and_not_unpacked_into_one(shop: Path, tmp_path: Path) -> None:
    assert "is a folder" in refused("-w", shop, "backup", "-o", shop)
    archive = tmp_path / "shop.tar.gz"
    regulars("-w", shop, "backup", "-o", archive)
    assert "is not empty" in refused("restore", archive, tmp_path)


def test_a_log_of_one_import_has_nothing_to_merge(fresh: Path) -> None:
    assert regulars("-w", fresh, "compact").out == "Nothing to merge.\n"


# The program ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [words for words, _ in reference.commands()])
def test_every_command_helps(words: str) -> None:
    answer = regulars(*words.split(), "--help")
    assert answer.code == 0
    assert f"regulars {words}" in answer.out
    assert not re.search(r"\[/?dim\]", answer.out), "marks for the terminal stay out of the text"


def test_the_help_lists_the_commands_in_the_order_they_are_needed() -> None:
    listed = re.findall(r"^│ ([a-z]+) {2,}", regulars("--help").out, re.MULTILINE)
    assert listed[:5] == ["init", "demo", "import", "imports", "join"]


def program(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=False)


def test_the_installed_program_exits_with_0_1_and_2(tmp_path: Path) -> None:
    assert program("--help").returncode == 0
    failed = program("-w", tmp_path, "imports")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert (
        failed.stderr
        == f"{tmp_path} is not a workspace (it has no regulars.toml). Make one: regulars init {tmp_path}\n"
    )
    assert program("imports", "--no-such-option").returncode == 2


def test_a_reader_who_has_seen_enough_gets_no_complaint() -> None:
    with subprocess.Popen(
        [PROGRAM, "measure", "--list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == ""


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = {"duckdb", "polars", "pandas", "ibis", "scipy", "pyarrow"}
    code = f"import sys; import regulars.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
