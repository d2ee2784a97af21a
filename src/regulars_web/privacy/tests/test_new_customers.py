"""No page makes a customer of somebody who asked to be erased."""

from __future__ import annotations

import ast
from pathlib import Path

import regulars_web

PAGES = Path(regulars_web.__file__).parent
# How the vault gets to know somebody new.
MAKING = {"add_records", "add_details"}


def makes_customers(text: str) -> bool:
    """Whether a module asks the vault for the key of somebody it may not know, or puts details into it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in MAKING:
                return True
            if node.func.attr == "keys" and len(node.args) == 2:  # a mapping's keys() takes nothing
                return True
    return False


def test_a_page_that_makes_a_customer_first_asks_whether_the_person_was_erased() -> None:
    """Today customers come by imports alone, which ask by themselves; a page that makes one must ask as well."""
    unasked = [
        path.relative_to(PAGES)
        for path in sorted(PAGES.rglob("*.py"))
        if "tests" not in path.parts
        and makes_customers(text := path.read_text(encoding="utf-8"))
        and "is_suppressed" not in text
    ]
    assert unasked == []


def test_a_page_that_forgot_to_ask_would_be_found() -> None:
    assert makes_customers("workspace.vault.keys('pages', [name])")
    assert makes_customers("vault.add_details(1, rows)")
    assert not makes_customers("told.keys()")
