"""A pytest plugin: the queries left under every `assertQueryCount` ceiling that ran.

A run without our module (BASE=1) leaves its figures for the next ones to show.
"""

import json
import os
from contextlib import contextmanager
from pathlib import Path

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
        name = f"{login} {self.id().removeprefix('odoo.addons.')}"
        measured.append((ceiling - used, ceiling, name))


@pytest.hookimpl
def pytest_configure():
    BaseCase.assertQueryCount = assert_query_count


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter):
    if not measured:
        return
    file = Path(os.environ["CUSTOMER_SHEET_HEADROOM"])
    if os.environ.get("BASE"):
        file.write_text(json.dumps(_left()), encoding="utf-8")
    base = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    terminalreporter.section("queries left under stock's ceilings, tightest first")
    terminalreporter.write_line(f"{'left':>5} {'stock':>6} {'limit':>6}  user and test")
    for left, ceiling, name in sorted(measured):
        stock = base.get(f"{ceiling} {name}", "?")
        terminalreporter.write_line(f"{left:>5} {stock:>6} {ceiling:>6}  {name}")


def _left():
    return {f"{ceiling} {name}": left for left, ceiling, name in measured}
