"""Making and changing a group: the rule without code, counted while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from regulars.groups.errors import GroupError, RuleError
from regulars.groups.publishing import LONGEST_NAME, LONGEST_NOTE, STANCES, Group, history
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_GROUPS
from regulars_web.groups import actions, building, showing, words
from regulars_web.groups.building import Row
from regulars_web.groups.choices import choose, fitted
from regulars_web.groups.reading import Company
from regulars_web.shared.company import company

_PLACES = {
    "no_name": "name",
    "name_too_long": "name",
    "bad_stance": "stance",
    "bad_needs": "needs",
    "bad_note": "note",
}


@needs(CHANGE_GROUPS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new group; the address may bring the first condition along."""
    if request.method == "POST":
        return _sent(request, None)
    rows = [_first_row(request.GET)]
    said = {"name": "", "stance": "target", "needs": "", "note": "", "request_id": uuid4().hex}
    return _page(request, rows, said)


@needs(CHANGE_GROUPS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """A group that is there, or has ended, to be published in a new version."""
    try:
        group = history(company(), key)[-1]
    except GroupError:
        raise Http404(key) from None
    if request.method == "POST":
        return _sent(request, group)
    try:
        rows = building.rows_of(group.read_rule())
    except GroupError as error:
        messages.warning(request, words.wrong_words(error))
        rows = [Row(0, 0)]
    said = {
        "name": group.name,
        "stance": group.stance,
        "needs": "\n".join(group.needs),
        "note": group.note,
        "version": str(group.version),
        "request_id": uuid4().hex,
    }
    return _page(request, rows, said, group)


@needs(CHANGE_GROUPS)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The rows after a change, or only the count under them while one types. Decides nothing."""
    here = Company(company())
    only_live = getattr(request, "htmx", False) and request.htmx.target == "live"  # type: ignore[attr-defined]
    rows = building.checked(_changed(here, request.POST), only_complete=True)
    told = _told(here, rows, with_choices=not only_live)
    return render(request, "groups/_live.html" if only_live else "groups/_rule.html", {**told, "only_live": only_live})


def _sent(request: HttpRequest, group: Group | None) -> HttpResponse:
    """Publish where that was pressed; any other button changes the rows and shows the form again."""
    said = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in ("name", "stance", "needs", "note")}
    said["request_id"] = request.POST.get("request_id", "")[:100]
    said["version"] = request.POST.get("version", "")
    if request.POST.get("do") != "publish":
        rows = _changed(Company(company()), request.POST)
        return _page(request, building.checked(rows, only_complete=True), said, group)
    rows = building.read_rows(request.POST)
    if meanwhile := _meanwhile(request, group, said):
        return _page(request, building.checked(rows), {**said, "version": str(group.version)}, group, meanwhile)  # type: ignore[union-attr]
    body = {
        **{name: said[name] for name in ("name", "stance", "note")},
        "needs": [line.strip() for line in said["needs"].split("\n") if line.strip()],
        "rule": building.rule_json(rows),
    }
    try:
        made = actions.publish(
            request.user,  # type: ignore[arg-type]
            company(),
            body,
            key=group.key if group else None,
            now=timezone.now(),
            request_id=said["request_id"],
        )
    except GroupError as error:
        return _page(request, building.checked(rows), said, group, _wrong(error))
    messages.success(request, _("The group “%(name)s” is published.") % {"name": made.name})
    return HttpResponseRedirect(reverse("groups:group", args=[made.key]))


def _meanwhile(request: HttpRequest, group: Group | None, said: Mapping[str, str]) -> dict[str, str]:
    """A sentence where a colleague published another version while this one was being written."""
    if group is None or said["version"] in ("", str(group.version)) or group.decided_by == request.user.email:  # type: ignore[union-attr]
        return {}
    told = {"by": group.decided_by, "version": group.version}
    return {"rule": _("%(by)s published version %(version)s meanwhile. Look at it, then publish yours again.") % told}


def _page(
    request: HttpRequest,
    rows: Sequence[Row],
    said: Mapping[str, str],
    group: Group | None = None,
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    told = _told(Company(company()), rows)
    answer = {
        **told,
        "group": group,
        "said": said,
        "wrong": wrong or {},
        "stances": [(one, words.STANCE_WORDS[one], words.STANCE_MEANINGS[one]) for one in STANCES],
        "longest_name": LONGEST_NAME,
        "longest_note": LONGEST_NOTE,
        "scope_hidden": True,
    }
    return render(request, "groups/edit.html", answer, status=422 if wrong else 200)


def _told(told: Company, rows: Sequence[Row], *, with_choices: bool = True) -> dict[str, Any]:
    """The rows with what can be chosen in them, and what the complete ones give."""
    parts = [[choose(told, row) for row in part] for part in building.in_parts(rows)] if with_choices else []
    complete = [row for row in rows if row.complete and not row.wrong]
    answer: dict[str, Any] = {
        "parts": parts,
        "rows": rows,
        "left_out": sum(not row.complete for row in rows),
        "wrong_rows": sum(bool(row.wrong) for row in rows),
        "total": len(told.snapshot),
    }
    if not complete:
        return answer
    try:
        rule = told.snapshot.read(building.rule_json(complete))
    except RuleError as error:
        return {**answer, "wrong_rule": words.wrong_words(error)}
    parts_of_rule = words.rule_parts(rule, told.workspace.settings.currency)
    return {**answer, "size": showing.size(told.live(rule)), "parts_of_rule": parts_of_rule}


def _changed(told: Company, said: QueryDict) -> list[Row]:
    """The rows after the button that was pressed, and with what fits where another field was chosen."""
    rows = [fitted(told, row, said.get(f"c{row.number}-was")) for row in building.read_rows(said)]
    do, _colon, place = said.get("do", "").partition(":")
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else None
    if do == "add":
        return building.with_new(rows, number)
    if do == "remove" and number is not None:
        return building.without(rows, number)
    return rows or [Row(0, 0)]


def _first_row(said: QueryDict) -> Row:
    """The condition that the address brings along; an empty row where it brings none."""
    field, op, value = (said.get(name, "")[:200] for name in ("field", "op", "value"))
    return Row(0, 0, field, op, (value,) if value else ()) if field and op else Row(0, 0)


def _wrong(error: GroupError) -> dict[str, str]:
    """The sentence, by the field of the form where it belongs."""
    return {_PLACES.get(error.reason, "rule"): words.wrong_words(error)}
