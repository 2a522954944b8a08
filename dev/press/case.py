"""A scenario in which somebody presses everything on a copy of a database."""

import time

from .. import console
from ..scenarios import scenario
from .session import Session
from .walk import FAR, Walk

#: A walk that met less than this did not open the menus.
LEAST_CALLS = 500
LOGGED = (" ERROR ", " CRITICAL ")
#: What a walk has judged by its answer, and what Odoo logs even if it answers in words.
ANSWERED = ("odoo.http: Exception during request handling", "odoo.sql_db: bad query")
#: What an import waits for, and whoever must be told something at once.
PROMPT = "ir_cron_sheet_prompt"


class PressCase(scenario.Scenario):
    """Nothing but words may come back, and nothing may be logged as an error."""

    def press(self, name, login, limits=FAR):
        """Let somebody press everything on a copy of this database."""
        start, server = time.monotonic(), self.server(self.database(name), workers=0)
        session = Session(f"http://127.0.0.1:{server.port}", server.database, login)
        walk = Walk(session, limits, self._work(server)).run()
        server.stop()
        minutes = (time.monotonic() - start) / 60
        told = f"{self.id()}, {session.calls} calls in {minutes:.1f} min: {walk.findings.told()}"
        console.say(f"    {told}")
        wrong = [walk.findings.report(), *self.errors(server)]
        if session.calls < LEAST_CALLS:
            wrong.append("Hardly anything was there to press.")
        self.assertFalse(any(wrong), "\n\n".join(filter(None, [told, *wrong])))

    def _work(self, server):
        """What does the work that waits in the background, as an administrator would."""
        client = server.client()
        found = client.call("ir.model.data", "search_read", [["name", "=", PROMPT]], ["res_id"])
        return lambda: client.call("ir.cron", "method_direct_trigger", [found[0]["res_id"]])

    @staticmethod
    def errors(server):
        """The lines of a server's log that tell of errors, but not of those that were answered."""
        lines = server.log.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if any(level in line for level in LOGGED)]
        return [line for line in told if not any(answer in line for answer in ANSWERED)]
