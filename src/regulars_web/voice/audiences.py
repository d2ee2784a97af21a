"""Whether people belong to those whom a survey asks. Nobody else is invited to it, or named beside an answer to it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.engines.connection import quoted
from regulars.measures.scores.audience import CUSTOMERS, EMPLOYEES, Audience
from regulars.surveys.definition import Survey
from regulars.workspace import Workspace
from regulars_web.shared import numbers
from regulars_web.shared.sentences import Refused
from regulars_web.voice.reading import sql

# Kinds of clients that the customer base keeps for each of them.
OF_BASE: dict[Audience, tuple[str, ...]] = {
    "customers": ("customer",),
    "employees": ("employee", "department"),
    "partners": ("partner",),
}


def others(workspace: Workspace, audience: Audience, keys: Collection[int]) -> set[int]:
    """Those of the people whom a survey for this audience does not ask; who is of no known kind is a customer."""
    same = "<>" if audience == CUSTOMERS else "="
    listed = f"SELECT client_key FROM ({sql.audiences()}) WHERE audience {same} {quoted(audience)}"  # noqa: S608  ours
    with workspace.engine() as engine:
        found = set(engine.run(listed).column(0).to_pylist())
    return set(keys) & found if audience == CUSTOMERS else set(keys) - found


def refuse_others(workspace: Workspace, survey: Survey, keys: Collection[int]) -> None:
    """Raises Refused where somebody among the chosen people is not asked by the survey."""
    strangers = len(others(workspace, survey.audience, keys))
    if strangers:
        told = {"others": numbers.number(strangers), "chosen": numbers.number(len(set(keys)))}
        raise Refused(_sentence(survey.audience, strangers) % told)


def refuse_named(workspace: Workspace, survey: Survey, key: int | None) -> None:
    """Raises Refused where whoever is named beside an answer is not asked by the survey."""
    if key is None or not others(workspace, survey.audience, [key]):
        return
    if survey.audience == CUSTOMERS:
        raise Refused(
            _(
                "This survey asks customers, and whoever you named works here or is a partner. Nothing was kept. "
                "Leave the name empty, or type the answer into a survey for them."
            )
        )
    if survey.audience == EMPLOYEES:
        raise Refused(
            _(
                "This survey asks your own people, and whoever you named does not work here. Nothing was kept. "
                "Leave the name empty, or type the answer into a survey for them."
            )
        )
    raise Refused(
        _(
            "This survey asks partners, and whoever you named is no partner. Nothing was kept. "
            "Leave the name empty, or type the answer into a survey for them."
        )
    )


def _sentence(audience: Audience, strangers: int) -> str:
    if audience == CUSTOMERS:
        return ngettext(
            "%(others)s of the %(chosen)s people you chose works here or is a partner, and this survey asks customers. "
            "Nobody was asked. Choose others, or tick that whoever is not asked by this survey is left out.",
            "%(others)s of the %(chosen)s people you chose work here or are partners, and this survey asks customers. "
            "Nobody was asked. Choose others, or tick that whoever is not asked by this survey is left out.",
            strangers,
        )
    if audience == EMPLOYEES:
        return ngettext(
            "%(others)s of the %(chosen)s people you chose does not work here, and this survey asks your own people. "
            "Nobody was asked. Choose everybody who works here, or give your people the open link.",
            "%(others)s of the %(chosen)s people you chose do not work here, and this survey asks your own people. "
            "Nobody was asked. Choose everybody who works here, or give your people the open link.",
            strangers,
        )
    return ngettext(
        "%(others)s of the %(chosen)s people you chose is no partner, and this survey asks partners. "
        "Nobody was asked. Choose all partners, or give your partners the open link.",
        "%(others)s of the %(chosen)s people you chose are no partners, and this survey asks partners. "
        "Nobody was asked. Choose all partners, or give your partners the open link.",
        strangers,
    )
