"""How views and actions ask for a permission."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied

from regulars_web.accounts.roles import PUBLIC, allowed

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])


def needs(permission: str) -> Callable[[View], View]:
    """Say which permission a view needs; the middleware refuses it to everybody else before it runs."""

    def named(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return named


def require(user: User, permission: str) -> None:
    """For actions, whoever calls them. Raises PermissionDenied, and then nothing was changed."""
    if not holds(user, permission):
        raise PermissionDenied(permission)


def holds(user: Any, permission: str) -> bool:
    """Whether somebody, signed in or not, holds a permission."""
    if permission == PUBLIC:
        return True
    return bool(user.is_authenticated and user.is_active and allowed(user.role, permission))
