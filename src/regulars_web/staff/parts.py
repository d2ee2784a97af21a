"""The counted parts of the pages about staff: what each shows, now where it is known, else once it is counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from regulars.errors import MeasureError
from regulars.workspace import Workspace
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty
from regulars_web.shared.readings import Readings
from regulars_web.shared.scope import Scope
from regulars_web.staff import charts, figures, queries
from regulars_web.staff.reads import READS, SHELF

OF_THE_PERIOD = ("authority", "promises")


def part(request: HttpRequest, name: str) -> dict[str, Any]:
    """A part for a page: what it shows, or that it waits."""
    workspace = company()
    if is_empty(workspace):
        return {"name": name, "empty": True, "template": f"staff/_{template_of(name)}.html"}
    if "whole" not in request.GET and SHELF.known(workspace, scope_of(request, name), name) is None:
        return {"name": name, "waits": True}
    return shown(request, name)


def shown(request: HttpRequest, name: str) -> dict[str, Any]:
    """The same, counted now where it was not yet."""
    workspace = company()
    try:
        read = SHELF.counted(workspace, scope_of(request, name), name, READS[name])
    except MeasureError:
        return {"name": name, "empty": True, "template": f"staff/_{template_of(name)}.html"}
    return {"name": name, "template": f"staff/_{template_of(name)}.html", **_context(workspace, name, read)}


def template_of(name: str) -> str:
    """The template of a part; recognition has one for people, branches and departments."""
    return name.partition("-")[0]


def scope_of(request: HttpRequest, name: str) -> Scope:
    """The period where the part is about one; else all of the log."""
    if name in OF_THE_PERIOD:
        return request.scope  # type: ignore[attr-defined,no-any-return]
    return Scope()


def _context(workspace: Workspace, name: str, read: Readings) -> dict[str, Any]:
    if name == "authority":
        return figures.authority(read["authority"])
    called = {one.key: one.called for one in queries.departments(workspace)}
    if name == "promises":
        return figures.promises(read["department_promises"], called)
    if name in ("pulse", "partners"):
        audiences = {one: figures.pulse(read["pulse"], one, called) for one in ("employees", "partners")}
        for one, told in audiences.items():
            told["chart"] = charts.pulse(told["waves"], one)
        return {**audiences, "notes": read["pulse"].notes, "unknown": read["pulse"].unknown}
    unit = name.partition("-")[2]
    names = queries.everybodys_names(workspace) if unit == "employee" else called if unit == "department" else {}
    return figures.recognition(read["recognition"], names, unit)
