"""A pytest plugin: the queries left under every `assertQueryCount` ceiling that ran."""

from contextlib import contextmanager

import pytest

from odoo.tests.common import BaseCase

measured = []
original = BaseCase.assertQueryCount


@contextmanager
def assert_query_count(self, default=0, flush=True, **counters):
    """Count like the original, which reports only whether the ceiling held."""
    if not self.warm:
        with original(self, default, flush, **counters):
            yield
        return
    login = self.env.user.login
    ceiling = counters.get(login, default)
    if flush:
        self.env.flush_all()
        self.env.cr.flush()
    start = self.cr.sql_log_count
    try:
        with original(self, default, flush, **counters):
            yield
    finally:
        used = self.cr.sql_log_count - start
        measured.append((ceiling - used, ceiling, used, login, self.id()))


@pytest.hookimpl
def pytest_configure():
    BaseCase.assertQueryCount = assert_query_count


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter):
    if not measured:
        return
    terminalreporter.section("queries left under stock's ceilings, tightest first")
    terminalreporter.write_line(f"{'left':>5} {'limit':>6} {'used':>5}  user and test")
    for left, ceiling, used, login, test in sorted(measured):
        name = test.removeprefix("odoo.addons.")
        terminalreporter.write_line(f"{left:>5} {ceiling:>6} {used:>5}  {login} {name}")
