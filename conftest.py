"""Fixtures that tests of every folder may use."""

pytest_plugins = ["tests.web.company", "tests.web.served"]
