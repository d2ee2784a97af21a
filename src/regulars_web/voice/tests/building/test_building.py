"""What colleagues do to build a survey: begin, write, translate, publish, change, close."""

from __future__ import annotations

import pytest
from django.utils import timezone

from regulars.surveys import publishing
from regulars.surveys.definition import read_draft
from regulars.surveys.ready import ready
from regulars_web.voice.models import Draft

pytestmark = pytest.mark.django_db

NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "{{ 7*7 }}"]
WORDS = {"words-en": "How was it?"}
OF_THE_DEMO = ("seven-elements", "partner", "customer-focus")


@pytest.fixture
def manager(client_as):
    return client_as("manager")


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def begun(client, template="nps", languages=("en",), **said):
    answer = client.post("/voice/surveys/new", {"template": template, "languages": list(languages), **said})
    assert answer.status_code == 302, answer.content.decode()[:400]
    return answer["Location"].split("/")[3]


def own(shop, *, retired=False):
    """Keys of the surveys that the test has published, beside those that the demo company has."""
    return [one.key for one in publishing.surveys(shop, retired=retired) if one.key not in OF_THE_DEMO]


def draft(key):
    return Draft.objects.get(key=key)


def body(key):
    return read_draft(draft(key).body)


def change(client, key, do, **said):
    there = Draft.objects.filter(key=key).first()
    return client.post(f"/voice/surveys/{key}/edit", {"do": do, "version": there.version if there else 0, **said})


def write(client, key, question, do="keep", **said):
    sent = {"do": do, "version": draft(key).version, "kind": body(key).question(question).kind, **said}
    return client.post(f"/voice/surveys/{key}/edit/question/{question}", sent)


def publish(client, key, **said):
    sent = {"version": draft(key).version, "request_id": f"r{key}", **said}
    return client.post(f"/voice/surveys/{key}/publish", sent)


def test_a_company_without_surveys_is_led_to_the_templates(manager, empty_folder):
    assert "Choose a template" in page_of(manager, "/voice/surveys/")
    page = page_of(manager, "/voice/surveys/new")
    assert page.count('name="template"') == len(ready()) + 1


def test_a_ready_survey_is_begun_in_the_languages_chosen_and_nobody_sees_it_yet(manager, shop):
    key = begun(manager, languages=("en", "bg"), title="After the delivery")
    assert key == "after-the-delivery"
    assert body(key).languages == ("en", "bg")
    assert own(shop) == []
    listed = page_of(manager, "/voice/surveys/")
    assert "After the delivery" in listed
    assert "draft" in listed


@pytest.mark.parametrize(
    "template",
    ["nps", "after-contact", "effort", "what-matters", "compared-with-others", "employees", "leaving", "partner"],
)
def test_every_template_can_be_seen_on_every_page_and_published_as_it_is(manager, shop, template):
    key = begun(manager, template, languages=("en", "bg", "ru", "cs", "tr"))
    for part in ("edit", "edit/texts", "edit/languages", "preview?language=tr", "publish"):
        page_of(manager, f"/voice/surveys/{key}/{part}")
    for question in body(key).questions:
        page_of(manager, f"/voice/surveys/{key}/edit/question/{question.key}")
    assert publish(manager, key).status_code == 302
    assert publishing.survey(shop, key).version == 1
    for role_page in (f"/voice/surveys/{key}/", f"/voice/surveys/{key}/edit", "/voice/surveys/"):
        page_of(manager, role_page)


def test_questions_are_added_moved_between_pages_and_removed_with_their_conditions(manager):
    key = begun(manager, "empty", title="Visit")
    change(manager, key, "add question 0", **{"kind-0": "single"})
    change(manager, key, "add page 0")
    change(manager, key, "add question 1", **{"kind-1": "text"})
    write(
        manager,
        key,
        "q1",
        **WORDS,
        **{"option-0-key": "o1", "option-0-en": "Yes", "option-1-key": "o2", "option-1-en": "No"},
    )
    write(manager, key, "q2", **{"words-en": "Why?", "if-question": "q1", "if-op": "is", "if-value": "o2"})
    assert [len(page.questions) for page in body(key).pages] == [1, 1]
    rule = body(key).question("q2").show_if
    assert (rule.question, rule.op, rule.value) == ("q1", "is", "o2")
    assert "Shown only where the answer to “How was it?” is No" in page_of(manager, f"/voice/surveys/{key}/edit")
    change(manager, key, "up question", question="q2")
    assert [len(page.questions) for page in body(key).pages] == [2, 0]
    change(manager, key, "remove question", question="q1")
    assert [one.key for one in body(key).questions] == ["q2"]
    assert body(key).question("q2").show_if is None


def test_each_button_keeps_what_was_typed(manager):
    key = begun(manager, "empty", title="Visit")
    change(manager, key, "add question 0", **{"kind-0": "multiple"})
    rows = {f"option-{place}-key": f"o{place + 1}" for place in range(3)}
    rows |= {"option-0-en": "Price", "option-1-en": "Speed", "option-2-en": "Care"}
    write(manager, key, "q1", do="down option 0", **WORDS, **rows, **{"option-pasted": "Range\n\nParking\n"})
    found = [one.words["en"] for one in body(key).question("q1").options]
    assert found == ["Speed", "Price", "Care", "Range", "Parking"]
    assert body(key).question("q1").words == {"en": "How was it?"}
    write(manager, key, "q1", do="kind", **{**WORDS, "kind": "scale"})
    assert body(key).question("q1").kind == "scale"
    write(manager, key, "q1", **WORDS, **{"low": "0", "high": "4", "end-low-en": "poor", "end-high-en": "good"})
    one = body(key).question("q1")
    assert (one.low, one.high, one.ends) == (0, 4, ({"en": "poor"}, {"en": "good"}))


def test_the_key_of_a_removed_question_is_never_given_to_another(manager):
    key = begun(manager, "empty", title="Visit")
    change(manager, key, "add question 0", **{"kind-0": "text"})
    write(manager, key, "q1", **WORDS)
    publish(manager, key)
    change_begun = manager.post(f"/voice/surveys/{key}/edit", {"do": "begin"})
    assert change_begun.status_code == 302
    change(manager, key, "remove question", question="q1")
    change(manager, key, "add question 0", **{"kind-0": "nps"})
    assert [one.key for one in body(key).questions] == ["q2"]


def test_a_missing_translation_is_shown_and_keeps_the_survey_from_being_published(manager, shop):
    key = begun(manager, "empty", languages=("en", "cs"), title="Visit")
    change(manager, key, "add question 0", **{"kind-0": "text"})
    write(manager, key, "q1", **WORDS)
    page = page_of(manager, f"/voice/surveys/{key}/publish")
    assert "Čeština: 2 texts, first Title" in page
    refused = publish(manager, key)
    assert refused.status_code == 422
    assert "2 texts are missing in Čeština" in refused.content.decode()
    assert own(shop, retired=True) == []
    translated = {"version": draft(key).version, "text-0": "Návštěva", "name-0": "title", "text-1": "Jaké to bylo?"}
    manager.post(f"/voice/surveys/{key}/edit/languages?language=cs", {**translated, "name-1": "q1 words"})
    assert publish(manager, key).status_code == 302
    assert publishing.survey(shop, key).question("q1").words == {"en": "How was it?", "cs": "Jaké to bylo?"}


def test_a_new_version_says_what_changes_and_keeps_the_one_before(manager, shop):
    key = begun(manager)
    publish(manager, key)
    manager.post(f"/voice/surveys/{key}/edit", {"do": "begin"})
    question = body(key).questions[0]
    write(manager, key, question.key, **{"words-en": "Would you send a friend to us?", "required": "on"})
    page = page_of(manager, f"/voice/surveys/{key}/publish")
    assert "is now asked as “Would you send a friend to us?”" in page
    publish(manager, key, request_id="second")
    versions = publishing.history(shop, key)
    assert [one.survey.version for one in versions] == [1, 2]
    assert versions[0].survey.questions[0].words["en"] == question.words["en"]
    assert versions[1].decided_by == "manager@example.com"


def test_two_colleagues_do_not_overwrite_each_other(client_as):
    first, second = client_as("manager"), client_as("analyst")
    key = begun(first)
    old = draft(key).version
    change(first, key, "add page 0")
    refused = second.post(f"/voice/surveys/{key}/edit", {"do": "add page 0", "version": old})
    assert refused.status_code == 422
    assert "Somebody changed this survey" in refused.content.decode()
    assert len(body(key).pages) == len(body(key).pages)
    assert draft(key).version == old + 1


def test_a_survey_ends_on_its_last_day_at_its_limit_or_by_hand_and_opens_again(manager, shop):
    key = begun(manager)
    publish(manager, key, quota="200", closes_on="2999-12-31")
    found = publishing.survey(shop, key)
    assert (found.quota, found.closes_on.year) == (200, 2999)
    manager.post(f"/voice/surveys/{key}/end", {"quota": "", "closes_on": "", "request_id": "e"})
    assert publishing.survey(shop, key).quota is None
    manager.post(f"/voice/surveys/{key}/close", {"do": "close", "request_id": "c"})
    assert own(shop) == []
    assert "It is closed" in page_of(manager, f"/voice/surveys/{key}/")
    manager.post(f"/voice/surveys/{key}/close", {"do": "open", "request_id": "o"})
    assert own(shop) == [key]


@pytest.mark.parametrize("said", [{"closes_on": "2001-01-01"}, {"quota": "0"}, {"quota": "many"}, {"closes_on": "x"}])
def test_an_end_that_cannot_be_is_refused_and_nothing_is_published(manager, shop, said):
    key = begun(manager)
    assert publish(manager, key, **said).status_code == 422
    assert own(shop, retired=True) == []


def test_a_double_click_publishes_one_version(manager, shop):
    key = begun(manager)
    sent = {"version": draft(key).version, "request_id": "twice"}
    manager.post(f"/voice/surveys/{key}/publish", sent)
    manager.post(f"/voice/surveys/{key}/publish", sent)
    assert len(publishing.history(shop, key)) == 1


@pytest.mark.parametrize("nasty", NASTY)
def test_markup_in_any_text_stays_text_on_every_page(manager, nasty):
    key = begun(manager, "empty", title="Visit " + nasty)
    change(manager, key, "add question 0", **{"kind-0": "single"})
    write(
        manager,
        key,
        "q1",
        **{"words-en": nasty, "help-en": nasty, "option-0-key": "o1", "option-0-en": nasty, "option-pasted": nasty},
    )
    change(manager, key, "add question 0", **{"kind-0": "nps"})
    write(
        manager,
        key,
        "q2",
        **{
            "words-en": nasty,
            "end-low-en": nasty,
            "end-high-en": nasty,
            "if-question": "q1",
            "if-op": "is",
            "if-value": "o1",
        },
    )
    publish(manager, key)
    manager.post(f"/voice/surveys/{key}/edit", {"do": "begin"})
    for part in (
        "",
        "edit",
        "edit/question/q1",
        "edit/question/q2",
        "edit/texts",
        "edit/languages",
        "preview",
        "publish",
        "type",
    ):
        page = page_of(manager, f"/voice/surveys/{key}/{part}")
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "Visit 49" not in page


def test_a_viewer_sees_surveys_and_changes_nothing(client_as, shop):
    key = begun(client_as("manager"))
    publish(client_as("manager"), key)
    viewer = client_as("viewer")
    page = page_of(viewer, f"/voice/surveys/{key}/")
    assert "Close the survey" not in page
    assert "/edit" not in page
    assert viewer.post(f"/voice/surveys/{key}/close", {"do": "close"}).status_code == 403
    assert viewer.post("/voice/surveys/new", {"template": "nps"}).status_code == 403
    assert not publishing.survey(shop, key).retired


def test_the_list_asks_the_same_few_questions_for_many_surveys(client_as, shop, django_assert_max_num_queries):
    viewer = client_as("viewer")
    manager = client_as("manager")
    keys = [begun(manager, title=f"Survey {number}") for number in range(3)]
    publish(manager, keys[0])
    viewer.get("/voice/surveys/")
    with django_assert_max_num_queries(7) as few:
        viewer.get("/voice/surveys/")
    now = timezone.now()
    Draft.objects.bulk_create(
        Draft(key=f"many-{number}", body={**draft(keys[1]).body, "key": f"many-{number}"}, changed_at=now)
        for number in range(60)
    )
    with django_assert_max_num_queries(7) as many:
        page = page_of(viewer, "/voice/surveys/")
    assert page.count("survey-card__who") == 63 + len(OF_THE_DEMO)
    assert len(many) == len(few)


def test_a_ranking_takes_the_factors_of_a_table_under_their_own_keys(manager):
    key = begun(manager, "what-matters")
    change(manager, key, "add question 0", **{"kind-0": "rank"})
    [made] = [one.key for one in body(key).questions if one.kind == "rank"]
    page = page_of(manager, f"/voice/surveys/{key}/edit/question/{made}")
    assert "Take its factors" in page
    write(manager, key, made, "factors", table="factors", **WORDS)
    factors = body(key).question("factors").factors
    assert body(key).question(made).options == factors
    write(manager, key, made, "factors", table="nothing", **WORDS)
    assert body(key).question(made).kind == "rank"


def test_who_is_asked_is_chosen_and_published_with_the_survey(manager, shop):
    key = begun(manager, title="Pulse")
    said = {"version": draft(key).version, "languages": ["en"], "title-en": "Pulse", "audience": "employees"}
    manager.post(f"/voice/surveys/{key}/edit/texts", said)
    assert body(key).audience == "employees"
    publish(manager, key)
    assert publishing.survey(shop, key).audience == "employees"
    change(manager, key, "begin")
    manager.post(f"/voice/surveys/{key}/edit/texts", {**said, "version": draft(key).version, "audience": "everybody"})
    assert body(key).audience == "employees"
