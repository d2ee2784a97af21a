"""No page and no export tells what single colleagues or partners said in confidence, nor what fewer than five did."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from regulars_web.shared.company import company, let_go
from tests.confided import CANARY, COLLEAGUES, INSIDE, PARTNERS, SHOP, TRADE, confided

pytestmark = pytest.mark.django_db
PARTS = re.compile(r'hx-get="([^"]+)"')
# What is drawn by lot or told by the clock on every page.
FLEETING = re.compile(r"[0-9a-f]{32}|[A-Za-z0-9]{64}|\d{2}:\d{2}(:\d{2})?|[0-9a-f]{8}-[0-9a-f-]{27}")
# Own words that somebody wrote in confidence; the search for them alone is no find.
SAID = re.compile(rf"{CANARY} (attic|cellar|yard|partner|colleague)")

SURFACES = {
    "home": ("/", "/?period=all"),
    "the voice": ("/voice/?period=all&whole=yes",),
    "results of the colleagues' survey": (f"/voice/results/{INSIDE}?period=all&whole=yes",),
    "results of one month": (
        f"/voice/results/{INSIDE}?from=2026-03-01&to=2026-03-31&whole=yes",
        f"/voice/results/{INSIDE}?from=2026-04-01&to=2026-06-20&whole=yes",
    ),
    "results of the partners' survey": (f"/voice/results/{TRADE}?period=all&whole=yes",),
    "single answers": (
        "/voice/answers/?period=all",
        f"/voice/answers/?period=all&survey={INSIDE}",
        f"/voice/answers/?period=all&survey={TRADE}&band=poor",
        f"/voice/answers/?period=all&q={CANARY}",
    ),
    "files of answers": ("/voice/answers/file.csv?period=all", f"/voice/answers/file.csv?period=all&survey={TRADE}"),
    "themes": ("/voice/themes/?period=all&whole=yes",),
    "drivers": (f"/voice/drivers/?period=all&survey={INSIDE}&whole=yes",),
    "digest": ("/voice/digest/",),
    "surveys": ("/voice/surveys/", f"/voice/surveys/{INSIDE}/", f"/voice/surveys/{TRADE}/"),
    "customers": ("/customers/", "/customers/?where=kind+is+partner", "/search?q=zyxwv"),
    "files of customers": ("/customers/export/csv", "/customers/export/parquet"),
    "card of a partner": (f"/customers/{PARTNERS[0]}/", f"/customers/{PARTNERS[0]}/touches"),
    "card of a colleague": (f"/customers/{COLLEAGUES[0]}/", f"/customers/{COLLEAGUES[0]}/touches"),
    "staff": ("/staff/", "/staff/pulse", "/staff/partners", f"/staff/person/E{COLLEAGUES[0]}"),
    "programme": ("/programme/elements",),
    "groups": ("/groups/",),
}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("twins")
    return confided(folder / "one", other=False), confided(folder / "other", other=True)


@pytest.fixture
def shop_folder(twins: tuple[Path, Path], tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Where the pages look; ``shows`` puts one of the two companies there."""
    yield tmp_path / "shop"
    let_go()


@pytest.fixture
def shows(twins: tuple[Path, Path], tmp_path: Path, settings: Any) -> Callable[[int], None]:
    def show(place: int) -> None:
        let_go()
        settings.WORKSPACE = tmp_path / str(place)
        if not settings.WORKSPACE.exists():
            shutil.copytree(twins[place], settings.WORKSPACE)

    return show


def opened(client: Any, address: str) -> list[str]:
    """A page with the parts that it asks for afterwards, without what is different each time."""
    answer = client.get(address, follow=True)
    text = b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")
    assert answer.status_code in (200, 404, 422), (address, answer.status_code)
    found = [f"{answer.status_code} {FLEETING.sub('', text)}"]
    for part in dict.fromkeys(html.unescape(path) for path in PARTS.findall(text)):
        if part.startswith("/") and "/jobs/" not in part:
            said = client.get(part, headers={"HX-Request": "true"})
            assert said.status_code < 500, part
            found.append(f"{part} {FLEETING.sub('', said.content.decode(errors='replace'))}")
    return found


@pytest.mark.parametrize("surface", SURFACES)
def test_no_page_tells_two_companies_apart_that_differ_in_what_is_hidden(
    client_as: Callable[[str], Any], shows: Callable[[int], None], surface: str
) -> None:
    client = client_as("owner")
    for address in SURFACES[surface]:
        told = []
        for place in (0, 1):
            shows(place)
            told.append(opened(client, address))
        for one, other in zip(*told, strict=True):
            assert one == other, address
            assert not SAID.search(one), address


def test_what_may_be_told_is_told_so_that_the_pages_prove_something(client_as, shows):
    shows(0)
    client = client_as("owner")
    inside = " ".join(opened(client, f"/voice/results/{INSIDE}?period=all&whole=yes"))
    assert "18" in inside
    assert "Ratings" in inside
    assert "Statements on the seven elements are counted by elements" in inside
    assert "Fewer than" in " ".join(opened(client, f"/voice/results/{TRADE}?period=all&whole=yes"))
    assert "Nice chairs." in " ".join(opened(client, f"/voice/answers/?period=all&survey={SHOP}"))


@pytest.mark.parametrize("role", ["owner", "manager", "analyst", "front line", "viewer"])
def test_no_role_opens_a_single_answer_given_in_confidence(client_as, shows, role):
    shows(0)
    client = client_as(role)
    with company().engine() as engine:
        found = engine.run(
            f"SELECT interaction_id FROM answers WHERE survey IN ('{INSIDE}', '{TRADE}') GROUP BY 1"
        ).column(0)
    for number in found.to_pylist():
        assert client.get(f"/voice/answers/{number}/").status_code in (403, 404)
