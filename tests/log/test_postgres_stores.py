"""Names and inbox in PostgreSQL keep the same word as in files, move there by one line, and come back from a backup."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

import regulars as rg
from regulars.errors import WorkspaceError
from regulars.log import databases, maintenance
from regulars.workspace import Workspace
from tests.log.pages import call, calls, fact, link
from tests.log.rows import add, orders, seen
from tests.postgres_server import PostgresServer


@pytest.fixture
def shop(tmp_path: Path, postgres_address: str) -> Workspace:
    return rg.init(tmp_path / "shop", state=postgres_address)


def set_state(folder: Path, old: str, new: str) -> None:
    """Change the line of regulars.toml, as a person would."""
    path = folder / "regulars.toml"
    line = f'state = "{old}"' if old else '# state = "postgresql://user:password@host/database"'
    assert line in path.read_text()
    path.write_text(path.read_text().replace(line, f'state = "{new}"'))


def what_is_kept(shop: Workspace) -> dict[str, object]:
    keys = shop.vault.keys("shop", ["c1", "c2"])
    return {
        "keys": keys,
        "people": shop.vault.people(keys.values()),
        "calls": calls(shop),
        "records": shop.records_of(keys["c1"]),
        "waiting": [row.body for row in shop.inbox.waiting(0)],
    }


def filled(shop: Workspace) -> dict[str, object]:
    """A shop with everything that has to survive; returns what it tells."""
    keys = shop.vault.keys("shop", ["c1", "c2"])
    said = [{"client_key": keys["c1"], "source": "shop", "name": "Zdeňka Čanárová", "email": "z@example.com"}]
    shop.vault.add_details(shop.pages_import(), said)
    add(shop, orders(range(1, 4), key=keys["c1"]))
    shop.add([call(101, key=keys["c1"])], request_id="sealed")
    shop.seal()
    shop.add([call(102, key=keys["c2"], text="дъб"), link(keys["c1"], keys["c2"])], request_id="waiting")
    return what_is_kept(shop)


def test_a_shop_on_postgres_keeps_no_names_in_its_folder(shop):
    told = filled(shop)
    assert told["calls"] == [101, 102]
    assert list(shop.folder.glob("*.sqlite3*")) == []
    files = [path for path in shop.folder.rglob("*") if path.is_file()]
    assert not any("Čanárová".encode() in path.read_bytes() for path in files)
    assert (shop.folder / "regulars.toml").stat().st_mode & 0o777 == 0o600, "the address holds a password"
    shop.close()
    assert what_is_kept(rg.open(shop.folder)) == told


def test_the_inbox_gives_numbers_in_the_order_of_commits_to_many_writers(shop):
    shop.pages_import()
    others = [rg.open(shop.folder) for _ in range(4)]
    acknowledged: list[bool] = []
    stop = threading.Event()

    def write(worker: int) -> None:
        for number in range(15):
            request = f"{worker // 2} {number}"
            acknowledged.append(others[worker].add([call(1000 * (worker // 2) + number)], request_id=request))

    def keep_sealing() -> None:
        while not stop.is_set():
            shop.seal()

    writers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    sealer = threading.Thread(target=keep_sealing)
    for thread in [*writers, sealer]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    sealer.join()
    shop.seal()
    assert sum(acknowledged) == 30, "each request of two writers is kept once"
    assert calls(shop) == sorted([*range(15), *range(1000, 1015)])
    assert shop.log.head().inbox_offset == 30


def test_tidying_and_undo_work_on_postgres_too(shop):
    keys = shop.vault.keys("shop", ["kept", "nobody"])
    shop.add([fact(keys["kept"], "need", "quiet")])
    maintenance.tidy(shop.log, shop.vault, thorough=True)
    assert set(shop.vault.references(keys.values())) == {keys["kept"]}
    number = add(shop, orders(range(1, 4)))
    shop.vault.add_details(number, [{"client_key": keys["kept"], "source": "shop", "name": "Ana"}])
    shop.undo(number)
    assert shop.vault.people([keys["kept"]]) == {}


def test_one_line_moves_a_shop_from_files_to_postgres(tmp_path, postgres_address):
    shop = rg.init(tmp_path / "shop")
    told = filled(shop)
    shop.close()
    set_state(shop.folder, "", postgres_address)
    moved = rg.open(shop.folder)
    assert what_is_kept(moved) == told
    assert list(shop.folder.glob("*.sqlite3*")) == [], "nothing personal stays behind"
    assert not moved.add([call(102)], request_id="waiting")
    assert not moved.add([call(102)], request_id="sealed")
    moved.vault.add_details(moved.pages_import(), [{"client_key": 5, "source": "shop", "name": "numbers go on"}])
    moved.add([call(103)])
    moved.seal()
    assert calls(moved) == [101, 102, 103]


@pytest.mark.parametrize("step", ["vault", "inbox", "after"])
def test_a_move_that_was_cut_off_is_finished_when_the_shop_is_opened_again(
    tmp_path, postgres_address, monkeypatch, step
):
    shop = rg.init(tmp_path / "shop")
    told = filled(shop)
    shop.close()
    set_state(shop.folder, "", postgres_address)
    really = rg.workspace.state_store.saved_state.take_in

    def cut(engine: sa.Engine, folder: Path) -> None:
        if folder.name == step:
            raise KeyboardInterrupt
        really(engine, folder)
        if step == "after" and folder.name == "vault":
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rg.workspace.state_store.saved_state, "take_in", cut)
        with pytest.raises(KeyboardInterrupt):
            rg.open(shop.folder)
    assert what_is_kept(rg.open(shop.folder)) == told


@pytest.mark.parametrize("target", ["postgres", "files"])
def test_a_backup_of_postgres_comes_back_in_postgres_or_in_files(
    shop, tmp_path, postgres_server, postgres_address, target
):
    told = filled(shop)
    archive = shop.backup(tmp_path / "copy.tar.gz")
    assert archive.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WorkspaceError, match="belongs to another workspace, or to the one that this is a copy of"):
        rg.restore(archive, tmp_path / "again")
    assert what_is_kept(shop) == told, "the shop that goes on was not touched"
    set_state(tmp_path / "again", postgres_address, postgres_server.database() if target == "postgres" else "")
    again = rg.open(tmp_path / "again")
    assert what_is_kept(again) == told
    assert seen(again) == seen(shop)
    assert not (again.folder / "saved_state").exists()
    again.add([call(103)])
    again.seal()
    assert (calls(again), calls(shop)) == ([101, 102, 103], [101, 102])
    with tarfile.open(archive) as packed:
        assert not [name for name in packed.getnames() if "search" in name]


def test_the_database_of_another_shop_is_refused(shop, tmp_path, postgres_address):
    filled(shop)
    other = rg.init(tmp_path / "other")
    other.close()
    set_state(other.folder, "", postgres_address)
    with pytest.raises(WorkspaceError, match="belongs to another workspace"):
        rg.open(other.folder)


def test_an_empty_database_under_a_full_log_is_refused(shop, postgres_server, postgres_address):
    filled(shop)
    set_state(shop.folder, postgres_address, postgres_server.database())
    with pytest.raises(WorkspaceError, match="nobody knows who is who"):
        rg.open(shop.folder)


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path):
    shop = rg.init(tmp_path / "shop")
    set_state(shop.folder, "", "postgresql://regulars:s3cret@127.0.0.1:1/shop")
    with pytest.raises(WorkspaceError, match="cannot be used") as told:
        rg.open(shop.folder)
    assert "s3cret" not in str(told.value)
    assert "s3cret" not in repr(rg.workspace.configuration.read_settings(shop.folder))


def test_a_database_that_goes_away_is_told_in_words_and_found_again_when_it_is_back(shop):
    shop.add([call(1)])
    other = databases.opened(shop.settings.state)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'"

    def work_while_it_goes_away() -> None:
        with shop.inbox.engine.begin() as connection:
            connection.execute(sa.text("SET application_name = 'victim'"))
            with other.begin() as master:
                assert master.execute(sa.text(cut)).scalars().all() == [True]
            connection.execute(sa.text("SELECT 1"))

    with pytest.raises(WorkspaceError, match="Start it, or mend the address"):
        work_while_it_goes_away()
    other.dispose()
    assert shop.add([call(2)]), "the next one gets a connection that works"
    assert calls(shop) == [1, 2]


KILLED = """
import sys
from pathlib import Path
import regulars as rg
from tests.log.pages import call
shop = rg.open(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 100_000):
    shop.add([call(number)], request_id=str(number))
    print(number, flush=True)
    if number % 3 == 0:
        shop.seal()
"""


@pytest.mark.slow
def test_five_kills_on_postgres_lose_nothing_and_double_nothing(shop):
    shop.pages_import()
    acknowledged: list[int] = []
    for attempt in range(5):
        command = [sys.executable, "-c", KILLED, str(shop.folder), str(1_000_000 * (attempt + 1))]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ}) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(0.05 * (1 + attempt % 7))
            writer.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in (first + writer.stdout.read()).split() if line.isdigit()]
    found = calls(shop)
    assert len(found) == len(set(found))
    assert set(acknowledged) <= set(found)
    assert len(found) <= len(acknowledged) + 12


def test_the_server_of_the_tests_ends_when_its_tests_are_killed(tmp_path):
    """A private cluster must never outlive the tests, however they end."""
    program = (
        "import time\nfrom tests.postgres_server import PostgresServer\n"
        "server = PostgresServer.start()\nprint(server.folder, flush=True)\ntime.sleep(60)\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=root) as tests:
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip())
        if not folder.name:
            pytest.skip("no PostgreSQL on this machine")
        pid = int((folder / "cluster" / "postmaster.pid").read_text().split()[0])
        tests.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not folder.exists() and not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.1)
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()


def test_schemas_of_the_two_stores_stand_side_by_side(shop, postgres_address: str, postgres_server: PostgresServer):
    shop.add([call(1)])
    engine = databases.opened(postgres_address)
    assert {"vault", "inbox"} <= set(sa.inspect(engine).get_schema_names())
    assert sa.inspect(engine).get_table_names(schema="public") == [], "room for the pages' own tables"
    engine.dispose()
