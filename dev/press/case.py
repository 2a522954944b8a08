"""A scenario in which one login presses everything on a copy of a database."""

import json

from ..scenarios import lab
from .session import Session
from .walk import FAR, Walk

#: A walk that met less than this did not open the menus.
LEAST_CALLS = 500
LOGGED = (" ERROR ", " CRITICAL ")


class PressCase(lab.Scenario):
    """Nothing but words may come back, and nothing may be logged as an error."""

    def press(self, name, login, limits=FAR):
        """Let one login press everything on this database."""
        server = self.server(name)
        session = Session(f"http://127.0.0.1:{server.port}", name, login)
        walk = Walk(session, limits).run()
        report = walk.findings.report()
        self.assertFalse(report, f"\n{login} pressed everything:\n{report}")
        self.assertGreater(session.calls, LEAST_CALLS, json.dumps(walk.findings.counts))
        self.assertEqual(self.errors(server), [], "logged meanwhile")
        return walk

    def errors(self, server):
        """The lines of a server's log that tell of errors.

        Without refused statements: Odoo logs those that it answers in words as well.
        """
        lines = server.log.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if any(level in line for level in LOGGED)]
        return [line for line in told if "odoo.sql_db: bad query" not in line]
