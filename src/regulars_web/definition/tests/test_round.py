"""A round: everybody writes, drafts are weighed, one is decided for and becomes the definition."""

from __future__ import annotations

from datetime import timedelta

import pytest

from regulars.programme.reading import definition, readers
from regulars_web.definition.models import Comment, Draft, Invitation, Round, Stand, Statement, Vote
from regulars_web.definition.rounds import agreeing, inviting, taking_part
from regulars_web.definition.rounds.sides import compare
from regulars_web.definition.tests.conftest import Invited, now
from regulars_web.voice.submitting import local_day

pytestmark = pytest.mark.django_db
STAFF = ["We keep the promised day.", "The promised day is kept, and we call early.", "A clean workshop for us."]
CUSTOMERS = ["Keep the promised day and answer the telephone.", "Answer the telephone and keep the promised day."]


def test_a_guard_without_an_account_writes_one_statement_and_may_change_it(invited, opened):
    guard = invited("employee")
    assert guard.answer.status_code == 200
    assert 'lang="bg"' in guard.html
    criteria = [str(one.pk) for one in opened.criteria.all()[:2]]
    guard.send(text="Nobody waits at the gate.", criterion=criteria, suggested="It fits on a card.")
    assert "Nobody waits at the gate." in guard.html
    guard.send(text="Nobody waits at the gate for long.", criterion=criteria[:1])
    written = Statement.objects.get()
    assert (written.text, written.invitation.employee) == ("Nobody waits at the gate for long.", "E01")
    assert Vote.objects.count() == 1


def test_a_second_link_of_the_same_person_changes_the_same_statement(invited):
    customer = invited("customer")
    customer.send(text="Call me early.")
    Invited(customer.invitation).send(text="Call me early when it is late.")
    assert Statement.objects.get().text == "Call me early when it is late."


def test_after_the_last_day_nothing_is_written_any_more(invited, opened):
    customer = invited("customer")
    Round.objects.update(closes_on=local_day(now()) - timedelta(days=1))
    customer.send(text="Too late?")
    assert customer.answer.status_code == 409
    assert "Too late?" in customer.html
    assert not Statement.objects.exists()
    told = {"criteria": (), "suggested": "", "language": "en", "now": now(), "today": local_day(now())}
    assert not taking_part.save_statement(customer.invitation, "Too late", **told)


def test_whoever_writes_nothing_is_told_so_and_keeps_the_ticks(invited, opened):
    guard = invited("employee")
    ticked = str(opened.criteria.first().pk)
    guard.send(text="  ", criterion=[ticked])
    assert guard.answer.status_code == 422
    assert f'value="{ticked}" checked' in guard.html
    assert not Statement.objects.exists()


def test_a_customer_never_sees_what_others_wrote(invited, owner, opened):
    invited("employee").send(text="Our boss says the telephone is too dear.")
    customer = invited("customer")
    owner.post(f"/definition/rounds/{opened.pk}/do", {"do": "weigh"})
    owner.post(f"/definition/rounds/{opened.pk}/drafts", {"do": "put", "text": "We answer.", "language": "en"})
    customer.open()
    assert "We answer." in customer.html
    assert "too dear" not in customer.html


def test_colleagues_see_the_statements_when_writing_is_over_and_never_a_name(invited, client_as, owner, opened):
    invited("employee").send(text="Nobody waits at the gate.")
    seller = client_as("front line")
    page = f"/definition/rounds/{opened.pk}/statements"
    assert b"Nobody waits" not in seller.get(page).content
    assert b"Nobody waits" in owner.get(page).content
    owner.post(f"/definition/rounds/{opened.pk}/do", {"do": "weigh"})
    shown = seller.get(page).content.decode()
    assert "Nobody waits" in shown
    assert "E01" not in shown


def test_both_sides_share_the_promised_day_and_only_customers_ask_for_the_telephone():
    said = [(n, text, "staff") for n, text in enumerate(STAFF)]
    said += [(10 + n, text, "customers") for n, text in enumerate(CUSTOMERS)]
    (found,) = compare(said, ("en",))
    assert (found.staff, found.customers) == (3, 2)
    shared = {one.shown: (one.staff, one.customers) for one in found.shared}
    assert shared["promised day"] == (2, 2)
    assert any("telephone" in one.shown and one.staff == 0 for one in found.of_customers)
    assert not any("workshop" in one.shown for one in (*found.shared, *found.of_staff))  # one person's word


def test_a_criterion_is_agreed_when_more_than_half_ask_for_it(invited, opened):
    first, second = (str(one.pk) for one in opened.criteria.all()[:2])
    for sort, place in (("employee", 0), ("employee", 1), ("customer", 0)):
        invited(sort, place).send(text=f"{sort} {place}", criterion=[first] if place else [first, second])
    votes = {str(one.criterion.pk): (one.votes, one.of, one.agreed) for one in agreeing.votes(opened)}
    assert votes[first] == (3, 3, True)
    assert votes[second] == (2, 3, True)
    Vote.objects.filter(invitation__employee="E01", criterion_id=second).delete()
    assert not next(one for one in agreeing.votes(opened) if str(one.criterion.pk) == second).agreed


def test_the_whole_round_from_statements_to_the_confirmed_definition(invited, owner, opened, shop):
    guard, customer = invited("employee"), invited("customer")
    guard.send(text="Nobody waits at the gate.", criterion=[str(opened.criteria.first().pk)])
    customer.send(text="Tell me early.")
    at = f"/definition/rounds/{opened.pk}"
    owner.post(f"{at}/do", {"do": "weigh"})
    owner.post(f"{at}/drafts", {"do": "put", "text": "Nobody waits, and bad news comes early.", "language": "en"})
    draft = Draft.objects.get()
    guard.open()
    guard.send(**{f"stands-{draft.pk}": "yes", f"comment-{draft.pk}": "Good."})
    guard.send(**{f"stands-{draft.pk}": "no", f"comment-{draft.pk}": "Say how early."})
    assert (Comment.objects.get().text, Stand.objects.get().stands) == ("Say how early.", False)
    owner.post(f"{at}/drafts", {"do": "decide", "draft": draft.pk, "why": "Both sides asked for it."})
    form = owner.get(f"/definition/edit?round={opened.pk}").content.decode()
    assert "Nobody waits, and bad news comes early." in form
    sent = {"do": "publish", "round": opened.pk, "request_id": "r", "based_on": _based_on(shop), "text-en": draft.text}
    assert owner.post("/definition/edit", sent).status_code == 302
    newest = definition(shop)
    opened.refresh_from_db()
    assert newest.text["en"] == draft.text
    assert (opened.state, opened.version) == ("published", newest.version)
    guard.open()
    guard.send(clear="yes", text="I open the gate at once.")
    read = {one.person: one for one in readers(shop)}["E01"]
    assert (read.version, read.own_words) == (newest.version, "I open the gate at once.")
    customer.open()
    assert draft.text in customer.html
    assert 'name="clear"' not in customer.html


def test_only_one_round_goes_on_at_a_time_and_a_double_click_opens_one(owner, shop):
    form = {"colleagues": "yes", "closes_on": "2099-01-01", "criterion": ["short"], "request_id": "x"}
    assert owner.post("/definition/rounds/new", form).status_code == 302
    assert owner.post("/definition/rounds/new", form).status_code == 302
    assert owner.post("/definition/rounds/new", {**form, "request_id": "y"}).status_code == 302
    assert Round.objects.count() == 1
    assert Round.objects.get().invitations.count() >= 1


def test_loyal_customers_are_those_who_came_back_and_may_be_asked(shop):
    found = inviting.loyal_customers(shop, 5)
    assert 0 < len(found) <= 5
    rows = {row["client_key"]: row for row in inviting.open_base(shop).rows([one.client_key for one in found])}
    assert all(row["orders"] >= 2 and row["recency_days"] <= 365 for row in rows.values())
    assert inviting.loyal_customers(shop, 0) == []


def test_inviting_everybody_again_invites_only_those_who_came_since(owner, opened):
    owner.post(f"/definition/rounds/{opened.pk}/people/more", {"staff": "yes", "customers": "0"})
    many = Invitation.objects.count()
    owner.post(f"/definition/rounds/{opened.pk}/people/more", {"staff": "yes", "customers": "0"})
    assert Invitation.objects.count() == many > 7


def test_the_list_of_the_invited_asks_the_database_no_more_for_many_than_for_ten(
    owner, opened, django_assert_max_num_queries
):
    page = f"/definition/rounds/{opened.pk}/people"
    with django_assert_max_num_queries(24):
        assert owner.get(page).status_code == 200
    Invitation.objects.bulk_create(
        Invitation(round=opened, sort="employee", employee=f"X{n}", made_at=now()) for n in range(90)
    )
    with django_assert_max_num_queries(24):
        assert owner.get(page).status_code == 200


def _based_on(shop):
    found = definition(shop)
    return found.version if found else 0
