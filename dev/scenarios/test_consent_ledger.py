"""The ledger of consents in real server processes."""

from . import scenario

PEOPLE = """
contacts = env["res.partner"].create(
    [{"name": f"Person {n}", "email": f"p{n}@example.fr"} for n in range(3)]
)
contacts._sheet_consent_record(
    [{"purpose": "prospecting", "channel": "email", "state": "given"}], method="phone"
)
env.cr.commit()
"""
WIZARD = "customer.sheet.consent.record"
#: What is wrong with the ledger.
VERIFY = """
found["findings"] = env["customer.sheet.consent.seal"]._verify()
found["differences"] = env["customer.sheet.consent.state"]._compare()
"""
REFUSED = "UPDATE customer_sheet_consent_event SET state = 'given'"


class TestConsentLedger(scenario.Scenario):
    def test_parallel_decisions_leave_no_gap_and_no_fork(self):
        name = self.database()
        scenario.shell(name, PEOPLE)
        client = self.server(name, workers=2).client()
        contacts = client.call("res.partner", "search", [["name", "like", "Person "]])
        outcomes = scenario.parallel(
            *(
                lambda contact=contact, state=state: self._decide(client, contact, state)
                for contact in contacts
                for state in ("refused", "withdrawn", "objected")
            )
        )
        chains = (
            "SELECT array_agg(sequence ORDER BY sequence) FROM customer_sheet_consent_event"
            " GROUP BY subject_id"
        )
        expected = [([1, 2, 3, 4],)] * len(contacts)
        self.assertEqual(self.rows(name, chains), expected, outcomes)
        found = scenario.told(name, f"found = {{}}\n{VERIFY}\ntell(found)")
        self.assertEqual(found, {"findings": [], "differences": []})

    def _decide(self, client, contact, state):
        """Record a decision as the dialog does."""
        values = client.call("res.partner", "action_sheet_consent_record", [contact])
        context = values["context"]
        [wizard] = client.call(
            WIZARD, "create", [self._wizard_values(client, state)], context=context
        )
        return client.call(WIZARD, "action_save", [wizard], context=context)

    def _wizard_values(self, client, state):
        purposes = client.call(
            "customer.sheet.consent.purpose", "search", [["code", "=", "prospecting"]]
        )
        return {
            "purpose_ids": [[6, 0, purposes]],
            "on_email": True,
            "decision": state,
            "method": "phone",
            "call_reference": "Call of this morning",
        }
