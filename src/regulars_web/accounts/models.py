"""Colleagues who use the pages, and the invitations by which they come in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.roles import Role


def languages() -> list[tuple[str, str]]:
    """The languages of the pages, as (code, own name)."""
    return list(settings.LANGUAGES)


class UserQuerySet(BaseUserManager["User"]):
    """Finds colleagues by e-mail, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> User:
        """A new colleague; without a password they cannot sign in yet."""
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One colleague: e-mail, name, role and the language they read."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.VIEWER)
    language = models.CharField(_("language"), max_length=5, choices=languages, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    # False from when an owner changes the address until the person has signed in by it with their own password.
    email_confirmed = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserQuerySet()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    # Django's own parts ask these of every user; roles answer everything here, so nobody has more.
    is_staff = is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class FormerAddress(models.Model):
    """An address that a colleague had here: what was done under it stays theirs, so nobody else is given it."""

    email = models.EmailField(unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)


class Invitation(models.Model):
    """A link by which one person makes their own account, once. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
