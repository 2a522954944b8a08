"""The ledger of consents in real server processes, through updates and out of the module."""

import urllib.request

from . import lab

CONTACT, LEAD, MERGE = "res.partner", "crm.lead", "customer.sheet.merge"
SUBJECTS = "customer_sheet_consent_subject"

PEOPLE = """
contacts = env["res.partner"].create(
    [{"name": f"Person {n}", "email": f"p{n}@example.fr"} for n in range(3)]
)
contacts._sheet_consent_record(
    [{"purpose": "prospecting", "channel": "email", "state": "given"}], method="phone"
)
print("contacts", contacts.ids)
env.cr.commit()
"""
WIZARD = "customer.sheet.consent.record"
VERIFY = """
print("findings", env["customer.sheet.consent.seal"]._verify())
print("differences", env["customer.sheet.consent.state"]._compare())
"""
NOBODY_KNOWN = """
contacts = env["res.partner"].create(
    [{"name": f"New {n}", "email": f"new{n}@example.fr"} for n in range(%(count)s)]
)
env.cr.commit()
print(*contacts.ids)
"""
TWO_LEADS = """
contact = env["res.partner"].create({"name": "Kim", "email": "kim@example.fr"})
leads = env["crm.lead"].create([{"name": f"{n}", "email_from": f"{n}@a.fr"} for n in range(2)])
for lead in leads:
    lead._sheet_consent_record(
        [{"purpose": "prospecting", "channel": "email", "state": "refused"}], method="phone"
    )
env.cr.commit()
print(contact.id, *leads.ids)
"""
LEAD_AND_CONTACT = """
contact = env["res.partner"].create({"name": "Kim", "email": "kim@example.fr"})
lead = env["crm.lead"].create({"name": "Kim", "partner_id": contact.id})
env.cr.commit()
print(contact.id, lead.id)
"""
FORM = """
contact = env["res.partner"].create({"name": "Kim", "email": "kim@example.fr"})
urls = [contact._sheet_unsubscribe_url(code) for code in ("prospecting", "newsletter")] * 2
env.cr.commit()
print(contact.id, *("/" + url.split("/", 3)[3] for url in urls))
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
FIRST_VERSION = """
env.cr.execute("DELETE FROM customer_sheet_question WHERE code = 'prospecting_consent'")
env.cr.execute("DELETE FROM ir_model_data WHERE name = 'question_prospecting_consent'")
env.registry.clear_all_caches()
env["customer.sheet.catalogue.version"]._publish()
env["ir.module.module"].search([("name", "=", "crm_customer_sheet")]).latest_version = "19.0.1.1.0"
env["ir.config_parameter"].search([("key", "=", "crm_customer_sheet.consent_pepper")]).unlink()
env.cr.commit()
"""
LATEST = """
snapshot = env["customer.sheet.catalogue.version"]._current().snapshot
print("asked:", "prospecting_consent" in {entry["code"] for entry in snapshot})
print("secret:", bool(env["ir.config_parameter"].get_param("crm_customer_sheet.consent_pepper")))
"""
READ_EXPORT = """
import gzip, json
found = env["ir.attachment"].search(
    [("name", "=like", "consent_ledger_%"), ("res_model", "=", "res.company")]
)
lines = [json.loads(line) for line in gzip.decompress(found.raw).decode().splitlines()]
print("exported", len(lines), lines[0]["record"]["state"])
"""
REFUSED = "UPDATE customer_sheet_consent_event SET state = 'given'"


class TestConsentLedger(lab.Scenario):
    def test_parallel_decisions_leave_no_gap_and_no_fork(self):
        name = self.database()
        lab.shell(name, PEOPLE)
        client = self.server(name, workers=2).client()
        contacts = client.call("res.partner", "search", [["name", "like", "Person "]])
        outcomes = lab.parallel(
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
        found = lab.shell(name, VERIFY)
        self.assertIn("findings []", found)
        self.assertIn("differences []", found)

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

    # -- first decisions at one moment (T8): however many, they are about one person ----------

    def _people(self, name, code):
        """Run code that makes people and prints their numbers; the last line it printed."""
        return lab.shell(name, code).strip().splitlines()[-1].split()

    def _save_all(self, client, *wizards):
        """Save dialogs that are open already, all at once."""
        return lab.parallel(
            *(
                lambda wizard=wizard, context=context: client.call(
                    WIZARD, "action_save", [wizard], context=context
                )
                for wizard, context in wizards
            )
        )

    def _dialog(self, client, model, record, state):
        context = client.call(model, "action_sheet_consent_record", [record])["context"]
        [wizard] = client.call(
            WIZARD, "create", [self._wizard_values(client, state)], context=context
        )
        return wizard, context

    def assertOnePerson(self, name, sheets, events, outcomes=()):
        """Check that some sheets are one person with so many decisions, and the ledger holds.

        :param sheets: ``{model: ids}``
        """
        found = lab.shell(name, ONE_PERSON % {"sheets": sheets})
        self.assertIn("people 1", found, outcomes)
        self.assertIn(f"decisions {events}", found, outcomes)
        self.assertIn("findings []", found, outcomes)
        self.assertIn("differences []", found, outcomes)

    def test_twenty_first_decisions_at_one_moment_are_one_chain(self):
        name = self.database()
        [contact] = map(int, self._people(name, NOBODY_KNOWN % {"count": 1}))
        client = self.server(name, workers=0).client()
        states = ("refused", "withdrawn", "objected", "given")
        dialogs = [self._dialog(client, CONTACT, contact, states[n % 4]) for n in range(20)]
        outcomes = self._save_all(client, *dialogs)
        done = sum(not isinstance(outcome, Exception) for outcome in outcomes)
        self.assertGreater(done, 1, outcomes)
        self.assertOnePerson(name, {CONTACT: [contact]}, done, outcomes)
        chains = "SELECT count(*), count(DISTINCT subject_id) FROM customer_sheet_consent_event"
        self.assertEqual(self.rows(name, chains), [(done, 1)])
        self.assertEqual(self.rows(name, f"SELECT count(*) FROM {SUBJECTS}"), [(1,)])

    def test_two_leads_linked_to_one_contact_at_one_moment(self):
        name = self.database()
        contact, one, two = map(int, self._people(name, TWO_LEADS))
        client = self.server(name, workers=0).client()
        outcomes = lab.parallel(
            *(
                lambda lead=lead: client.call(LEAD, "write", [lead], {"partner_id": contact})
                for lead in (one, two)
            )
        )
        self.assertEqual(outcomes, [True, True])
        self.assertOnePerson(name, {CONTACT: [contact], LEAD: [one, two]}, 2, outcomes)

    def test_a_form_and_a_steward_at_one_moment(self):
        name = self.database()
        contact, *paths = self._people(name, FORM)
        client = self.server(name, workers=0).client()
        dialogs = [self._dialog(client, CONTACT, int(contact), "refused") for _n in range(4)]
        outcomes = lab.parallel(
            *(lambda path=path: self._post(client, path) for path in paths),
            *(
                lambda wizard=wizard, context=context: client.call(
                    WIZARD, "action_save", [wizard], context=context
                )
                for wizard, context in dialogs
            ),
        )
        self.assertEqual(outcomes[: len(paths)], [200] * len(paths))
        self.assertFalse([each for each in outcomes if isinstance(each, Exception)])
        people = f"SELECT count(*) FROM {SUBJECTS}"
        self.assertEqual(self.rows(name, people), [(1,)])
        self.assertIn("findings []", lab.shell(name, VERIFY))

    def _post(self, client, path):
        """Send what a mail program sends for one click on "unsubscribe"."""
        body = b"List-Unsubscribe=One-Click"
        with urllib.request.urlopen(client.address + path, data=body, timeout=120) as answer:
            return answer.status

    def test_a_lead_and_its_contact_at_one_moment(self):
        name = self.database()
        contact, lead = map(int, self._people(name, LEAD_AND_CONTACT))
        client = self.server(name, workers=0).client()
        dialogs = [self._dialog(client, CONTACT, contact, "refused") for _n in range(3)]
        dialogs += [self._dialog(client, LEAD, lead, "objected") for _n in range(3)]
        outcomes = self._save_all(client, *dialogs)
        self.assertFalse([each for each in outcomes if isinstance(each, Exception)])
        self.assertOnePerson(name, {CONTACT: [contact], LEAD: [lead]}, 6, outcomes)
        self.assertEqual(self.rows(name, f"SELECT count(*) FROM {SUBJECTS}"), [(1,)])

    def test_a_merge_and_first_decisions_at_one_moment(self):
        """Whichever is first: nothing that was decided stays behind with the one that goes."""
        name = self.database()
        kept, gone = map(int, self._people(name, NOBODY_KNOWN % {"count": 2}))
        client = self.server(name, workers=0).client()
        dialogs = [self._dialog(client, CONTACT, gone, "objected") for _n in range(3)]
        dialogs += [self._dialog(client, CONTACT, kept, "given") for _n in range(2)]
        calls = [
            lambda wizard=wizard, context=context: client.call(
                WIZARD, "action_save", [wizard], context=context
            )
            for wizard, context in dialogs
        ]
        calls.insert(2, lambda: client.call(MERGE, "apply", CONTACT, kept, [gone], {}))
        outcomes = lab.parallel(*calls)
        self.assertFalse([each for each in outcomes if isinstance(each, Exception)])
        self.assertOnePerson(name, {CONTACT: [kept]}, 5, outcomes)
        found = lab.shell(name, MAY % kept)
        self.assertIn("may False", found)

    def test_two_merges_and_decisions_about_all_at_one_moment(self):
        name = self.database()
        people = list(map(int, self._people(name, NOBODY_KNOWN % {"count": 3})))
        client = self.server(name, workers=0).client()
        kept, *gone = people
        dialogs = [self._dialog(client, CONTACT, each, "refused") for each in people]
        calls = [
            lambda wizard=wizard, context=context: client.call(
                WIZARD, "action_save", [wizard], context=context
            )
            for wizard, context in dialogs
        ]
        calls += [
            lambda each=each: client.call(MERGE, "apply", CONTACT, kept, [each], {})
            for each in gone
        ]
        outcomes = lab.parallel(*calls)
        self.assertFalse([each for each in outcomes if isinstance(each, Exception)])
        self.assertOnePerson(name, {CONTACT: [kept]}, 3, outcomes)

    def test_an_update_leaves_the_ledger_alone(self):
        name = self.database()
        lab.shell(name, PEOPLE)
        lab.update(name)
        self.assertIn("findings []", lab.shell(name, VERIFY))
        with self.assertRaisesRegex(Exception, "evidence"):
            self.rows(name, REFUSED)

    def test_a_database_of_the_version_before_gets_its_question_and_its_secret(self):
        name = self.database()
        lab.shell(name, FIRST_VERSION)
        lab.update(name)
        found = lab.shell(name, LATEST)
        self.assertIn("asked: True", found)
        self.assertIn("secret: True", found)

    def test_uninstalling_leaves_the_ledger_as_a_file(self):
        name = self.database()
        lab.shell(name, PEOPLE)
        log = lab.uninstall(name)
        self.assertNotIn(" ERROR ", log)
        lines = lab.shell(name, READ_EXPORT)
        self.assertIn("exported 3 given", lines)
        functions = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'customer_sheet%'"
        self.assertEqual(self.rows(name, functions), [(0,)])
