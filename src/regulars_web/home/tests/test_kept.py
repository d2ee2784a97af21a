"""What was counted is shown at once; what came since makes it old, and the worker counts anew."""

from __future__ import annotations

import re
import shutil
import threading
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from regulars.log.inbox import Entry
from regulars_web.home import kept
from regulars_web.home.actions import REFRESH, counted_part
from regulars_web.home.reads import PARTS
from regulars_web.home.tests.seen import whole
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job, State
from regulars_web.shared.scope import Scope

pytestmark = pytest.mark.django_db


def complain(shop) -> None:
    """A colleague logs a complaint."""
    with shop.engine() as engine:
        key = engine.run("SELECT min(client_key) AS key FROM interactions WHERE kind = 'order'").to_pylist()[0]["key"]
    newest = shop.newest_on()
    row = {
        "interaction_id": 1,
        "source": "pages",
        "client_key": key,
        "occurred_on": newest,
        "occurred_at": datetime(newest.year, newest.month, newest.day, 10, tzinfo=UTC),
        "kind": "complaint",
        "outcome": "open",
    }
    assert shop.add([Entry("interactions", row)])


def complaints(answer) -> str:
    return next(
        one["figure"].told for one in answer.context["parts"]["numbers"]["figures"] if one["figure"].key == "complaints"
    )


def waiting_parts(answer) -> set[str]:
    """Names of the parts that will come by themselves."""
    return set(re.findall(r'<section id="([^"]+)"[^>]*aria-busy="true"', answer.content.decode()))


def test_the_first_visitor_gets_the_page_at_once_and_its_parts_by_and_by(client_as, shop):
    shop.drop_cache()
    client = client_as("owner")
    answer = client.get("/")
    assert answer.content.count(b'hx-trigger="load"') == len(PARTS) + 1
    assert Job.objects.get(kind=REFRESH).state == State.WAITING
    for part in PARTS:
        assert b"hx-trigger" not in client.get(f"/part/{part}", headers={"HX-Request": "true"}).content
    # What customers wrote is never kept; the next things wait for the worker to count the money at stake.
    assert waiting_parts(client.get("/")) == {"said", "next"}


def test_after_the_worker_has_counted_nobody_waits(client_as, shop):
    shop.drop_cache()
    client = client_as("owner")
    client.get("/")
    assert do_all_waiting() == 1
    answer = client.get("/")
    assert answer.content.count(b'hx-trigger="load"') == 1
    assert Job.objects.filter(kind=REFRESH, state=State.WAITING).count() == 0
    assert answer.context["old"] is None


def test_a_logged_complaint_makes_the_page_old_until_the_worker_has_counted_it(client_as, shop):
    client = client_as("owner")
    # Counted now: what another test counted over ten minutes ago would not be shown over a newer log.
    shutil.rmtree(shop.folder / "cache" / "home", ignore_errors=True)
    before = complaints(whole(client))
    complain(shop)
    answer = client.get("/")
    assert answer.context["old"] is not None
    assert complaints(answer) == before
    do_all_waiting()
    after = client.get("/")
    assert after.context["old"] is None
    assert int(complaints(after).split()[0]) == int(before.split()[0]) + 1


def test_what_is_older_than_ten_minutes_is_not_shown_over_a_newer_log(shop):
    found = counted_part(shop, Scope(), "trends")
    assert kept.showable(found, "another state", found.counted_at)
    assert not kept.showable(found, "another state", found.counted_at + kept.OLD_IS_SHOWN)
    assert kept.showable(found, found.state, found.counted_at + kept.OLD_IS_SHOWN * 9)


def test_an_import_undone_is_gone_from_the_page_at_once(client_as, shop):
    client = client_as("owner")
    whole(client)
    assert kept.kept(shop, Scope(), "numbers") is not None
    shop.undo(int(shop.imports()[-1]["import_id"]))
    assert kept.kept(shop, Scope(), "numbers") is None


def test_erasing_takes_what_is_kept_with_it(shop):
    counted_part(shop, Scope(), "trends")
    shop.drop_cache()
    assert kept.kept(shop, Scope(), "trends") is None


def test_four_visitors_at_once_make_one_count(shop):
    shop.drop_cache()
    counts = []

    def count():
        counts.append(1)
        return {}

    visitors = [
        threading.Thread(target=kept.counted, args=(shop, Scope(), "trends", count, timezone.now())) for _ in range(4)
    ]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(counts) == 1


def test_a_kept_page_that_was_cut_short_is_counted_anew(shop):
    counted_part(shop, Scope(), "trends")
    path = next((shop.folder / "cache" / "home").glob("trends-*.json"))
    path.write_text(path.read_text()[:100])
    assert kept.kept(shop, Scope(), "trends") is None
    assert counted_part(shop, Scope(), "trends").readings["revenue"].rows


def test_no_text_that_a_customer_wrote_is_kept(client_as, shop):
    answer = whole(client_as("owner"))
    quotes = answer.context["parts"]["said"]["quotes"]
    assert quotes
    files = [path.read_text() for path in (shop.folder / "cache" / "home").glob("*.json")]
    assert files
    assert not any(quote["text"] in text for quote in quotes for text in files)


def test_pages_ask_as_few_questions_for_many_imports_as_for_few(client_as, shop, django_assert_num_queries):
    client = client_as("owner")
    whole(client)
    client.get("/")
    do_all_waiting()
    with django_assert_num_queries(2):  # the session and the person
        client.get("/")
    for _ in range(3):
        complain(shop)
    do_all_waiting()
    client.get("/")
    do_all_waiting()
    with django_assert_num_queries(2):
        client.get("/")
