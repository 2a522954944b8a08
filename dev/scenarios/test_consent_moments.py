"""Decisions about one person at one moment (T8): however many, they are about one person."""

import urllib.request
import uuid

from . import scenario

CONTACT, LEAD, MERGE = "res.partner", "crm.lead", "customer.sheet.merge"
WIZARD = "customer.sheet.consent.record"
FORM = """
contact = env["res.partner"].browse(%s)
urls = [contact._sheet_unsubscribe_url(code) for code in ("prospecting", "newsletter")] * 2
env.cr.commit()
print(*("/" + url.split("/", 3)[3] for url in urls))
"""
ONE_PERSON = """
people = env["customer.sheet.consent.subject"]
for model, ids in %(sheets)r.items():
    people |= env[model].browse(ids)._sheet_consent_subjects()
events = people._family().event_ids
print("people", len(people))
print("decisions", len(events.filtered("purpose_id")))
print("findings", env["customer.sheet.consent.seal"]._verify())
print("differences", env["customer.sheet.consent.state"]._compare())
"""
MAY = """
print("may", bool(env["res.partner"].browse(%s).can_contact("prospecting", "email")["allowed"]))
"""


class TestConsentMoments(scenario.SharedServer):
    def setUp(self):
        super().setUp()
        self.known = self._count()

    def _count(self):
        [(count,)] = self.rows(self.name, "SELECT count(*) FROM customer_sheet_consent_subject")
        return count

    def _contacts(self, count=1):
        """The ids of contacts of whom the ledger knows nothing."""
        addresses = [f"{uuid.uuid4().hex}@example.fr" for _n in range(count)]
        values = [{"name": address, "email": address} for address in addresses]
        return self.client.call(CONTACT, "create", values)

    def _lead(self, **values):
        address = f"{uuid.uuid4().hex}@example.fr"
        [lead] = self.client.call(LEAD, "create", [{"name": address, **values}])
        return lead

    def _dialog(self, model, record, state, **values):
        """A call that saves a dialog in which somebody has noted a decision."""
        action = self.client.call(model, "action_sheet_consent_record", [record])
        wanted = [["code", "=", "prospecting"]]
        purposes = self.client.call("customer.sheet.consent.purpose", "search", wanted)
        values = {
            "purpose_ids": [[6, 0, purposes]],
            "on_email": True,
            "decision": state,
            "method": "phone",
            "call_reference": "Call of this morning",
            **values,
        }
        context = action["context"]
        [wizard] = self.client.call(WIZARD, "create", [values], context=context)
        return lambda: self.client.call(WIZARD, "action_save", [wizard], context=context)

    def _merge(self, kept, *gone):
        return lambda: self.client.call(MERGE, "apply", CONTACT, kept, list(gone), {})

    def _all_done(self, *calls):
        """What the calls answer that are made at one moment; none may fail."""
        outcomes = scenario.parallel(*calls)
        self.assertFalse([each for each in outcomes if isinstance(each, Exception)])
        return outcomes

    def assertOnePerson(self, sheets, events):
        """Check that some sheets are one person with so many decisions, and the ledger holds.

        :param sheets: ``{model: ids}``
        """
        found = scenario.shell(self.name, ONE_PERSON % {"sheets": sheets})
        self.assertIn("people 1", found)
        self.assertIn(f"decisions {events}", found)
        self.assertIn("findings []", found)
        self.assertIn("differences []", found)

    def test_twenty_first_decisions_are_one_chain(self):
        [contact] = self._contacts()
        states = ("refused", "withdrawn", "objected", "given")
        outcomes = scenario.parallel(
            *(self._dialog(CONTACT, contact, states[n % 4]) for n in range(20))
        )
        done = sum(not isinstance(outcome, Exception) for outcome in outcomes)
        self.assertGreater(done, 1, outcomes)
        self.assertOnePerson({CONTACT: [contact]}, done)
        self.assertEqual(self._count(), self.known + 1)

    def test_two_leads_are_linked_to_one_contact(self):
        [contact] = self._contacts()
        leads = [self._lead(email_from="one@example.fr"), self._lead(email_from="two@example.fr")]
        for lead in leads:
            self._dialog(LEAD, lead, "refused")()
        self._all_done(
            *(
                lambda lead=lead: self.client.call(LEAD, "write", [lead], {"partner_id": contact})
                for lead in leads
            )
        )
        self.assertOnePerson({CONTACT: [contact], LEAD: leads}, 2)

    def test_a_form_and_a_steward(self):
        [contact] = self._contacts()
        paths = scenario.shell(self.name, FORM % contact).split()
        answers = self._all_done(
            *(lambda path=path: self._post(path) for path in paths),
            *(self._dialog(CONTACT, contact, "refused") for _n in range(4)),
        )
        self.assertEqual(answers[: len(paths)], [200] * 4)
        self.assertEqual(self._count(), self.known + 1)
        self.assertIn(
            "people 1", scenario.shell(self.name, ONE_PERSON % {"sheets": {CONTACT: [contact]}})
        )

    def _post(self, path):
        """Send what a mail program sends for one click on "unsubscribe"."""
        body = b"List-Unsubscribe=One-Click"
        with urllib.request.urlopen(self.client.address + path, data=body, timeout=120) as answer:
            return answer.status

    def test_a_lead_and_its_contact(self):
        [contact] = self._contacts()
        lead = self._lead(partner_id=contact)
        self._all_done(
            *(self._dialog(CONTACT, contact, "refused") for _n in range(3)),
            *(self._dialog(LEAD, lead, "objected") for _n in range(3)),
        )
        self.assertOnePerson({CONTACT: [contact], LEAD: [lead]}, 6)
        self.assertEqual(self._count(), self.known + 1)

    def test_a_merge_and_decisions(self):
        """Whichever is first: nothing that was decided stays behind with the one that goes."""
        kept, gone = self._contacts(2)
        calls = [self._dialog(CONTACT, gone, "objected") for _n in range(3)]
        # long ago: given a second later than the objections it would stand
        given = {"effective_at": "2024-01-15 12:00:00"}
        calls += [self._dialog(CONTACT, kept, "given", **given) for _n in range(2)]
        calls.insert(2, self._merge(kept, gone))
        self._all_done(*calls)
        self.assertOnePerson({CONTACT: [kept]}, 5)
        self.assertIn("may False", scenario.shell(self.name, MAY % kept))

    def test_two_merges_and_decisions_about_all(self):
        kept, *gone = self._contacts(3)
        self._all_done(
            *(self._dialog(CONTACT, each, "refused") for each in (kept, *gone)),
            *(self._merge(kept, each) for each in gone),
        )
        self.assertOnePerson({CONTACT: [kept]}, 3)
