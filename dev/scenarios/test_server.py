"""The module in real server processes."""

from . import scenario


class TestServer(scenario.Scenario):
    def test_killed_server_starts_again_with_what_was_saved(self):
        server = self.server(self.database(), workers=2)
        client = server.client()
        self.assertEqual(client.get("/web/login")[0], 200)
        lead_id = client.call("crm.lead", "create", [{"name": "Before the crash"}])[0]
        server.kill()
        server.start()
        read = server.client().call("crm.lead", "read", [lead_id], ["name"])
        self.assertEqual(read[0]["name"], "Before the crash")

    def test_parallel_creates_each_get_their_own_reference(self):
        name = self.database()
        client = self.server(name, workers=2).client()
        values = [[{"name": f"Parallel {number}"}] for number in range(8)]
        calls = [lambda v=v: client.call("crm.lead", "create", v) for v in values]
        outcomes = scenario.parallel(*calls)
        count = "SELECT count(DISTINCT sheet_reference) FROM crm_lead WHERE name LIKE %s"
        self.assertEqual(self.rows(name, count, ["Parallel %"]), [(8,)], outcomes)
