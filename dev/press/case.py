"""A scenario in which people press everything on a copy of a database."""

from ..scenarios import scenario
from .session import Session
from .walk import FAR, Walk

#: A walk that met less than this did not open the menus.
LEAST_CALLS = 500
LOGGED = (" ERROR ", " CRITICAL ")


class PressCase(scenario.Scenario):
    """Nothing but words may come back, and nothing may be logged as an error."""

    def press(self, name, *logins, limits=FAR):
        """Let each login press everything, each on its own copy of this database."""
        wrong = [self._press(self.database(name), login, limits) for login in logins]
        self.assertFalse(any(wrong), "\n\n".join(filter(None, wrong)))

    def _press(self, name, login, limits):
        """Return what went wrong, an empty text where nothing did."""
        server = self.server(name, workers=0)
        session = Session(f"http://127.0.0.1:{server.port}", name, login)
        findings = Walk(session, limits).run().findings
        server.stop()
        wrong = [findings.report(), *self.errors(server)]
        if session.calls < LEAST_CALLS:
            wrong.append("Hardly anything was there to press.")
        told = "\n".join(filter(None, wrong))
        return told and f"{login} pressed everything:\n{told}"

    def errors(self, server):
        """The lines of a server's log that tell of errors.

        Without refused statements: Odoo logs those that it answers in words as well.
        """
        lines = server.log.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if any(level in line for level in LOGGED)]
        return [line for line in told if "odoo.sql_db: bad query" not in line]
