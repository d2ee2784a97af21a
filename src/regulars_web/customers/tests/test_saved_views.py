"""Views of the list that colleagues keep: their own, and those they share."""

from __future__ import annotations

import pytest

from regulars_web.customers.models import SavedView

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(client_as, colleague):
    """A view that the manager keeps."""
    client = client_as("manager")

    def keep(name="Good resellers", shared="", query="where=customer_type~is~reseller&sort=-clv&page=4"):
        client.post("/customers/views", {"name": name, "query": query, **({"shared": "on"} if shared else {})})
        return SavedView.objects.get(name=name)

    return keep


def test_a_view_keeps_filters_and_order_and_no_page(kept):
    assert kept().query == "where=customer_type%7Eis%7Ereseller&sort=-clv".replace("%7E", "~")


def test_a_kept_view_is_a_link_that_shows_the_same_and_is_marked(kept, client_as):
    view = kept()
    page = client_as("manager").get(f"/customers/?{view.query}").content.decode()
    assert 'aria-current="page"' in page.split("Good resellers")[0].rsplit("<a", 1)[1]


def test_a_view_of_ones_own_is_seen_by_nobody_else(kept, client_as):
    kept()
    assert "Good resellers" not in client_as("analyst").get("/customers/").content.decode()


def test_a_shared_view_is_seen_by_colleagues_who_cannot_change_it(kept, client_as):
    view = kept(shared="yes")
    analyst = client_as("analyst")
    assert "Good resellers" in analyst.get("/customers/").content.decode()
    refused = analyst.post(f"/customers/views/{view.pk}/rename", {"name": "Mine now"})
    assert refused.status_code == 422
    assert analyst.post(f"/customers/views/{view.pk}/delete").status_code == 422
    assert SavedView.objects.get(pk=view.pk).name == "Good resellers"


def test_somebody_elses_own_view_cannot_be_reached_by_its_number(kept, client_as):
    view = kept()
    assert client_as("analyst").post(f"/customers/views/{view.pk}/delete").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


@pytest.mark.parametrize("role", ["viewer", ""])
def test_whoever_may_not_see_customers_keeps_no_view(client_as, role):
    answer = client_as(role).post("/customers/views", {"name": "x", "query": ""})
    assert answer.status_code in (302, 403)
    assert not SavedView.objects.exists()


def test_a_view_is_renamed_and_deleted_by_its_owner(kept, client_as):
    view, client = kept(), client_as("manager")
    client.post(f"/customers/views/{view.pk}/rename", {"name": "Resellers by value", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Resellers by value", True)
    client.post(f"/customers/views/{view.pk}/delete")
    assert not SavedView.objects.exists()


def test_saving_under_the_same_name_replaces_the_view(kept):
    kept()
    assert kept(query="where=orders~at_least~3").query == "where=orders~at_least~3"
    assert SavedView.objects.count() == 1


def test_two_views_of_one_name_are_refused_when_renaming(kept, client_as):
    kept()
    other = kept(name="Others")
    answer = client_as("manager").post(f"/customers/views/{other.pk}/rename", {"name": "Good resellers"})
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_a_view_without_a_name_is_refused(client_as):
    assert client_as("manager").post("/customers/views", {"name": "   ", "query": ""}).status_code == 422
    assert not SavedView.objects.exists()


def test_parameters_that_are_no_part_of_a_view_are_not_kept(kept):
    assert kept(query="where=orders~at_least~3&next=//evil.example&page=2").query == "where=orders~at_least~3"


def test_the_ready_made_views_all_show_a_list(client_as, shop):
    from regulars_web.customers.standing import standing_views

    client = client_as("front line")
    for view in standing_views(shop.newest_on()):
        page = client.get(f"/customers/?{view.query}")
        assert page.status_code == 200
        assert "toast--old" not in page.content.decode(), view.name


def test_a_view_that_names_an_erased_customer_goes_with_the_customer(kept, shop, anybody):
    from urllib.parse import urlencode

    from regulars.privacy.person import person_of, traces_of
    from regulars_web.customers.forgetting import forget_views

    person = person_of(shop, anybody)
    kept(name="The one", query=urlencode({"q": person.said("name")[0]}))
    kept(name=f"Calls of {person.said('name')[0]}", query="")
    kept(name="Others", query="where=customer_type~is~reseller")
    assert forget_views(shop, person, traces_of(person)) == 2
    assert [view.name for view in SavedView.objects.all()] == ["Others"]
    assert forget_views(shop, person, traces_of(person)) == 0
