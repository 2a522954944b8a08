"""T9: the owner of the database takes the protection away, or lies beside the chains."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.consent.ledger.append_only import FUNCTION
from .ledger import ERASURES, EVENTS, PAYLOADS, SEALS, SUBJECTS, VERSIONS, TamperingCase

STATES = "customer_sheet_consent_state"
LINKS = "customer_sheet_consent_subject_link"
PURPOSES = "customer_sheet_consent_purpose"
RULES = "customer_sheet_consent_rule"
BODY = "BEGIN RETURN NULL; END"


@tagged("post_install", "-at_install")
class TestConsentProtection(TamperingCase):
    """T9: triggers that are gone, switched off, replaced or got round."""

    def assertNamed(self, query, kind, *tables):
        with self.subTest(query), self.env.cr.savepoint() as savepoint:
            self.sql(query)
            found = self.found()
            self.assertEqual(set(found), {(kind, table, 0) for table in tables})
            for table in tables:
                self.assertIn(table, found[kind, table, 0])
            savepoint.rollback()
            self.env.invalidate_all()

    def test_an_untouched_ledger_is_protected(self):
        self.assertEqual(self.found(), {})

    def test_triggers_that_are_gone_or_off_are_named(self):
        for table in (EVENTS, SEALS, VERSIONS):
            for part in ("row", "truncate"):
                name = f"{FUNCTION}_{part}"
                self.assertNamed(f"DROP TRIGGER {name} ON {table}", "protection_gone", table)
                for off in ("DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"):
                    query = f"ALTER TABLE {table} {off} {name}"
                    self.assertNamed(query, "protection_off", table)
            self.assertNamed(f"ALTER TABLE {table} DISABLE TRIGGER USER", "protection_off", table)

    def test_all_triggers_at_once(self):
        self.assertNamed(
            f"DROP FUNCTION {FUNCTION}() CASCADE",
            "protection_gone",
            *(EVENTS, SEALS, VERSIONS, ERASURES),
        )

    def test_a_function_that_does_nothing_is_named(self):
        self.assertNamed(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS '{BODY}'",
            "protection_changed",
            *(EVENTS, SEALS, VERSIONS, ERASURES),
        )

    def test_a_trigger_of_the_same_name_that_does_less_is_named(self):
        name = f"{FUNCTION}_row"
        made = "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS"
        for definition in (
            f"BEFORE UPDATE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
            f"AFTER UPDATE OR DELETE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
            f"BEFORE UPDATE OF hash OR DELETE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION"
            f" {FUNCTION}()",
            f"BEFORE UPDATE OR DELETE ON {EVENTS} EXECUTE FUNCTION {FUNCTION}()",
            f"BEFORE UPDATE OR DELETE ON {EVENTS} FOR EACH ROW WHEN (OLD.id <> 7)"
            f" EXECUTE FUNCTION {FUNCTION}()",
            f"BEFORE UPDATE OR DELETE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION other()",
        ):
            self.assertNamed(
                f"{made} '{BODY}'; DROP TRIGGER {name} ON {EVENTS}; CREATE TRIGGER {name}"
                f" {definition}",
                "protection_changed",
                EVENTS,
            )

    def test_a_published_notice_that_is_protected_no_more_is_named(self):
        name = f"{FUNCTION}_row"
        for when in ("OLD.state = 'draft'", "OLD.state = 'published' AND OLD.id > 999999"):
            self.assertNamed(
                f"DROP TRIGGER {name} ON {VERSIONS}; CREATE TRIGGER {name} BEFORE UPDATE OR DELETE"
                f" ON {VERSIONS} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {FUNCTION}()",
                "protection_changed",
                VERSIONS,
            )

    def test_what_stands_before_the_triggers_is_named(self):
        for table in (EVENTS, SEALS):
            for event in ("UPDATE", "DELETE", "INSERT"):
                rule = f"CREATE RULE quiet AS ON {event} TO {table} DO INSTEAD NOTHING"
                self.assertNamed(rule, "protection_rule", table)
            rows = f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
            self.assertNamed(rows, "protection_rule", table)
            heir = f"CREATE TABLE beside () INHERITS ({table})"  # its rows are read, too
            self.assertNamed(heir, "protection_rule", table)
            self.assertNamed(
                "CREATE FUNCTION aside() RETURNS trigger LANGUAGE plpgsql AS"
                f" '{BODY}'; CREATE TRIGGER a_first BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE"
                " FUNCTION aside()",
                "protection_foreign",
                table,
            )

    def test_an_index_that_is_gone_is_named(self):
        for name in ("event_chain_unique", "event_idempotency_unique", "seal_no_fork"):
            index = f"customer_sheet_consent_{name}"
            self.assertNamed(f"DROP INDEX {index}", "protection_index", index)

    def test_another_index_of_the_same_name_is_named(self):
        for name, table, columns in (
            ("event_chain_unique", EVENTS, "(id)"),
            ("event_chain_unique", EVENTS, "(subject_id, sequence, id)"),
            ("event_chain_unique", EVENTS, "(subject_id, sequence) WHERE id < 0"),
            ("event_chain_unique", SEALS, "(id)"),
            ("event_idempotency_unique", EVENTS, "(idempotency_key, id)"),
            ("event_idempotency_unique", EVENTS, "(idempotency_key) WHERE id IS NULL"),
            ("seal_no_fork", SEALS, "(prev_hash, id)"),
            ("seal_no_fork", SEALS, "(prev_hash)"),
            ("seal_hash_unique", SEALS, "(hash, date)"),
        ):
            index = f"customer_sheet_consent_{name}"
            self.assertNamed(
                f"DROP INDEX {index}; CREATE UNIQUE INDEX {index} ON {table} {columns}",
                "protection_index",
                index,
            )

    def test_a_numbering_that_was_set_back_is_named(self):
        for table in (EVENTS, PAYLOADS, SEALS, SUBJECTS):
            query = f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1"  # setval is never undone
            self.assertNamed(query, "protection_numbers", table)

    def test_an_update_of_the_module_puts_it_back(self):
        self.sql(f"DROP FUNCTION {FUNCTION}() CASCADE")
        for name in ("consent.event", "consent.seal", "consent.notice.version", "erasure.entry"):
            self.env[f"customer.sheet.{name}"].init()
        self.assertEqual(self.found(), {})


@tagged("post_install", "-at_install")
class TestConsentTamperingBeside(TamperingCase):
    """T9: what can_contact reads beside the chains: links, joins, states, settings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.yes, cls.no, cls.other = (
            partners.create({"name": name, "email": f"{name}@example.fr", "sheet_typology": "b2c"})
            for name in ("yes", "no", "other")
        )
        cls.decide(cls.yes, "given")
        cls.decide(cls.no, "refused")
        cls.seals._seal()

    @classmethod
    def decide(cls, sheet, state):
        decision = {"purpose": "prospecting", "channel": "email", "state": state}
        return sheet._sheet_consent_record([decision], method="phone")

    def person(self, sheet):
        return sheet._sheet_consent_subjects()

    def link(self, sheet):
        return self.env["customer.sheet.consent.subject.link"].search(
            [("partner_id", "=", sheet.id)]
        )

    def kinds(self):
        return {(kind, chain) for kind, chain, _at in self.found()}

    # -- links -------------------------------------------------------------------

    def test_a_link_pointed_at_somebody_else_is_named(self):
        uuid = self.person(self.yes).uuid
        self.sql(
            f"UPDATE {LINKS} SET partner_id = %s WHERE id = %s",
            self.other.id,
            self.link(self.yes).id,
        )
        found = self.found()
        self.assertEqual(set(found), {("link_added", uuid, 0), ("link_lost", uuid, 1)})
        self.assertIn("other", found["link_added", uuid, 0])
        self.assertIn("yes", found["link_lost", uuid, 1])

    def test_links_that_were_swapped_are_named(self):
        yes, no = self.link(self.yes), self.link(self.no)
        people = self.person(self.yes) | self.person(self.no)
        self.sql(
            f"UPDATE {LINKS} SET subject_id = %s, root_id = %s WHERE id = %s",
            *(no.subject_id.id, no.root_id.id, yes.id),
        )
        self.assertEqual(
            self.kinds(), {("link_added", people[1].uuid), ("link_lost", people[0].uuid)}
        )

    def test_a_root_that_was_moved_is_named(self):
        uuid = self.person(self.no).uuid
        self.sql(
            f"UPDATE {LINKS} SET root_id = %s WHERE id = %s",
            *(self.person(self.yes).id, self.link(self.no).id),
        )
        self.assertEqual(self.kinds(), {("link_root", uuid)})

    def test_a_link_that_was_deleted_or_added_is_named(self):
        no, yes = self.person(self.no), self.person(self.yes)
        self.sql(f"DELETE FROM {LINKS} WHERE id = %s", self.link(self.no).id)
        self.assertEqual(self.kinds(), {("link_lost", no.uuid)})
        self.sql(
            f"INSERT INTO {LINKS} (subject_id, root_id, partner_id) VALUES (%s, %s, %s)",
            *(yes.id, yes.id, self.no.id),
        )
        self.assertEqual(self.kinds(), {("link_lost", no.uuid), ("link_added", yes.uuid)})

    def test_a_link_with_two_ends_is_named(self):
        lead = self.env["crm.lead"].create({"name": "Somebody else's"})
        uuid = self.person(self.yes).uuid
        for query, value, kinds in (
            (f"UPDATE {LINKS} SET lead_id = %s WHERE id = %s", lead.id, {"link_added"}),
            (f"UPDATE {LINKS} SET partner_id = %s WHERE id = %s", None, {"link_lost"}),
            (
                f"INSERT INTO {LINKS} (subject_id, root_id, partner_id) SELECT subject_id, %s,"
                f" partner_id FROM {LINKS} WHERE id = %s",
                self.person(self.no).id,
                {"link_root"},
            ),
        ):
            with self.subTest(query), self.env.cr.savepoint() as savepoint:
                self.sql(query, value, self.link(self.yes).id)
                self.assertEqual(self.kinds(), {(kind, uuid) for kind in kinds})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_link_stays_unexplained_after_the_contact_was_merged(self):
        """A merge hands on what the chain says, not what somebody wrote into the table."""
        uuid = self.person(self.yes).uuid
        self.sql(
            f"UPDATE {LINKS} SET partner_id = %s WHERE id = %s",
            self.other.id,
            self.link(self.yes).id,
        )
        third = self.env["res.partner"].create({"name": "third"})
        self.merge(self.other, third)
        self.decide(third, "renewed")
        self.assertIn(("link_lost", uuid), self.kinds())
        self.assertIn(("link_added", uuid), self.kinds())

    def merge(self, gone, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((gone | kept).ids, dst_partner=kept)
        self.env.invalidate_all()

    def test_who_was_told_a_lie_by_an_event_is_named(self):
        """The event itself says who the person is: its hash covers it."""
        event = self.person(self.yes).event_ids
        for identity in (f"res.partner,{self.other.id}", None):
            with self.env.cr.savepoint() as savepoint:
                self.as_owner(
                    f"UPDATE {EVENTS} SET identity = %s WHERE id = %s", identity, event.id
                )
                self.assertIn(("event", event.subject_id.uuid), self.kinds())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_an_event_moved_to_another_person_with_the_link_is_named(self):
        yes, no = self.person(self.yes), self.person(self.no)
        self.as_owner(
            f"UPDATE {EVENTS} SET subject_id = %s, sequence = 2 WHERE subject_id = %s",
            *(no.id, yes.id),
        )
        self.sql(
            f"UPDATE {LINKS} SET subject_id = %s, root_id = %s WHERE subject_id = %s",
            *(no.id, no.id, yes.id),
        )
        found = self.found()
        self.assertIn(("event", no.uuid, 2), found)
        self.assertIn(("head", yes.uuid, 0), found)

    # -- what is no tampering ------------------------------------------------------

    def test_merges_and_deletions_are_no_tampering(self):
        self.merge(self.no, self.other)
        self.assertEqual(self.found(), {})
        self.merge(self.yes, self.other)
        self.assertEqual(self.found(), {})
        self.other.unlink()
        self.assertEqual(self.found(), {})

    def test_our_merge_and_its_undo_are_no_tampering(self):
        merges = self.env["customer.sheet.merge"]
        for pair in ((self.other, self.no), (self.yes, self.no), (self.no, self.other)):
            merge = merges._merge(*pair)
            self.assertEqual(self.found(), {})
            merge._undo()
            self.assertEqual(self.found(), {})
        merges._merge(self.other, self.no)
        last = merges._merge(self.yes, self.other)
        self.assertEqual(self.found(), {})
        last._undo()
        self.assertEqual(self.found(), {})

    def test_undoing_the_merge_of_two_sheets_of_one_person_is_no_tampering(self):
        lead, second = self.env["crm.lead"].create([{"name": "one"}, {"name": "two"}])
        for sheet in (lead, second):
            self.decide(sheet, "refused")
        (lead | second).partner_id = self.other
        merge = self.env["customer.sheet.merge"]._merge(lead, second)
        self.assertEqual(self.found(), {})
        merge._undo()
        self.assertEqual(self.found(), {})
        merge = self.env["customer.sheet.merge"]._merge(self.other, self.yes)
        self.assertEqual(self.found(), {})
        merge._undo()
        self.assertEqual(self.found(), {})

    def test_a_lead_that_gets_or_changes_its_contact_is_no_tampering(self):
        leads = self.env["crm.lead"]
        lead, second = leads.create(
            [{"name": "one", "email_from": "l@example.fr"}, {"name": "two"}]
        )
        self.decide(lead, "refused")
        self.assertEqual(self.found(), {})
        lead.partner_id = self.other
        self.assertEqual(self.found(), {})
        lead.partner_id = self.yes
        self.assertEqual(self.found(), {})
        (lead | second).merge_opportunity(auto_unlink=True)
        self.assertEqual(self.found(), {})
        self.seals._seal()
        self.assertEqual(self.found(), {})

    # -- joins and states ----------------------------------------------------------

    def test_edited_joins_are_named(self):
        yes, no = self.person(self.yes), self.person(self.no)
        no._join(yes)
        self.assertEqual(self.found(), {})
        at = fields.Datetime.now() - timedelta(days=400)
        for query, *values in (
            (f"UPDATE {SUBJECTS} SET joined_into_id = NULL WHERE id = %s", yes.id),
            (f"UPDATE {SUBJECTS} SET joined_on = %s WHERE id = %s", at, yes.id),
            (f"UPDATE {SUBJECTS} SET joined_into_id = %s WHERE id = %s", self.bob.id, yes.id),
            (
                f"UPDATE {SUBJECTS} SET joined_into_id = CASE WHEN id = %s THEN %s END,"
                " joined_on = (SELECT max(joined_on) FROM customer_sheet_consent_subject)"
                " WHERE id IN %s",
                *(no.id, yes.id, (yes.id, no.id)),
            ),
        ):
            with self.subTest(query), self.env.cr.savepoint() as savepoint:
                self.sql(query, *values)
                self.env["customer.sheet.consent.state"]._rebuild()
                self.assertIn(("join", yes.uuid), self.kinds())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_join_that_no_event_tells_is_named(self):
        self.sql(
            f"UPDATE {SUBJECTS} SET joined_into_id = %s, joined_on = now() WHERE id = %s",
            *(self.ada.id, self.bob.id),
        )
        self.env["customer.sheet.consent.state"]._rebuild()
        self.assertEqual(self.kinds(), {("join", self.ada.uuid), ("join", self.bob.uuid)})

    def test_joins_that_run_in_a_ring_are_named(self):
        """T9: whoever follows them would never come to an end."""
        self.env.cr.execute("SET LOCAL statement_timeout = '30s'")
        ada, bob, eve, zoe = self.ada.id, self.bob.id, self.eve.id, self.zoe.id
        for ring in (
            {ada: ada},
            {ada: bob, bob: ada},
            {bob: eve, eve: zoe, zoe: bob},
            {ada: bob, bob: eve, eve: bob},
            {ada: ada, bob: ada, eve: bob},
            {ada: bob, bob: ada, eve: zoe, zoe: eve},
        ):
            with self.subTest(ring), self.env.cr.savepoint() as savepoint:
                for one, into in ring.items():
                    self.sql(
                        f"UPDATE {SUBJECTS} SET joined_into_id = %s, joined_on = now()"
                        " WHERE id = %s",
                        *(into, one),
                    )
                named = {(kind, uuid) for kind, uuid in self.kinds() if kind == "join"}
                people = self.ada.browse(ring)
                self.assertLessEqual({("join", each.uuid) for each in people}, named)
                self.env["customer.sheet.consent.state"]._rebuild()
                self.assertEqual(set(people._roots()), set(ring))
                self.assertLessEqual(people, people._family())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_edited_states_are_named(self):
        no = self.person(self.no)
        where = f"WHERE subject_id = {no.id}"
        for query in (
            f"UPDATE {STATES} SET state = 'given' {where}",
            f"UPDATE {STATES} SET expires_at = '2999-01-01' {where}",
            f"UPDATE {STATES} SET effective_at = '2001-01-01' {where}",
            f"UPDATE {STATES} SET strength = '4' {where}",
            f"UPDATE {STATES} SET event_hash = 'x' {where}",
            f"UPDATE {STATES} SET channel = 'sms' {where}",
            f"UPDATE {STATES} SET subject_id = {self.bob.id}, channel = 'sms' {where}",
            f"DELETE FROM {STATES} {where}",
        ):
            with self.subTest(query), self.env.cr.savepoint() as savepoint:
                self.sql(query)
                self.assertIn(("state", no.uuid), self.kinds())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_state_that_was_added_is_named(self):
        self.sql(
            f"INSERT INTO {STATES} (subject_id, purpose_id, channel, state, effective_at)"
            " SELECT subject_id, purpose_id, 'phone', 'given', effective_at"
            f" FROM {STATES} WHERE subject_id = %s",
            self.bob.id,
        )
        [(key, words)] = self.found().items()
        self.assertEqual(key, ("state", self.bob.uuid, 0))
        self.assertIn("Phone", words)

    def test_a_second_readable_part_is_named(self):
        for place, content in enumerate(('{"label":"x"}', None), 2):
            self.sql(
                f"INSERT INTO {PAYLOADS} (event_id, content) SELECT event_id,"
                f" COALESCE(%s, content) FROM {PAYLOADS} p JOIN {EVENTS} e ON e.id = p.event_id"
                " WHERE e.subject_id = %s ORDER BY p.id LIMIT 1",
                *(content, self.bob.id),
            )
            found = self.found()
            self.assertEqual(set(found), {("payload_double", self.bob.uuid, 1)})
            self.assertIn(f"{place} readable", found["payload_double", self.bob.uuid, 1])

    # -- settings ------------------------------------------------------------------

    def test_a_purpose_of_another_name_is_named(self):
        self.sql(f"UPDATE {PURPOSES} SET code = 'newer' WHERE id = %s", self.purpose.id)
        self.env.registry.clear_cache()
        found = self.found()
        self.assertIn("purpose", {kind for kind, _chain, _at in found})
        words = next(words for (kind, *_rest), words in found.items() if kind == "purpose")
        self.assertIn("“prospecting”", words)
        self.assertIn("“newer”", words)

    def test_a_purpose_of_the_ledger_cannot_be_renamed(self):
        with self.assertRaisesRegex(ValidationError, "has to stay"):
            self.purpose.with_user(self.officer).code = "newer"

    def test_rules_changed_past_the_application_are_named(self):
        rule = self.purpose.rule_ids[0]
        for query in (
            f"UPDATE {RULES} SET basis = 'contract' WHERE id = %s",
            f"UPDATE {RULES} SET requirement = 'free' WHERE id = %s",
            f"UPDATE {RULES} SET minimum_strength = '1' WHERE id = %s",
            f"UPDATE {RULES} SET sequence = 9999 WHERE id = %s",
            f"UPDATE {RULES} SET active = NOT active WHERE id = %s",
            f"UPDATE {RULES} SET fingerprint = NULL WHERE id = %s",
            f"DELETE FROM {RULES} WHERE id = %s",
        ):
            with self.subTest(query), self.env.cr.savepoint() as savepoint:
                self.sql(query, rule.id)
                self.assertEqual(list(self.found()), [("setting", "", 0)])
                savepoint.rollback()
                self.env.invalidate_all()
        self.sql(f"UPDATE {PURPOSES} SET is_marketing = NOT is_marketing WHERE code = 'newsletter'")
        self.assertEqual(list(self.found()), [("setting", "", 0)])

    def test_rules_changed_by_an_officer_are_no_tampering(self):
        rule = self.purpose.rule_ids[0].with_user(self.officer)
        rule.write({"basis": "contract", "sequence": 99, "active": False})
        self.assertEqual(self.found(), {})
        rule.active = True
        rule.copy({"sequence": 1}).sequence = 500
        self.assertEqual(self.found(), {})
        rule.unlink()
        self.assertEqual(self.found(), {})

    # -- seals -----------------------------------------------------------------------

    def test_seals_that_were_deleted_are_named_at_once(self):
        for which in ("id = (SELECT max(id) FROM {0})", "true", "id <> (SELECT max(id) FROM {0})"):
            with self.subTest(which), self.env.cr.savepoint() as savepoint:
                self.as_owner(f"DELETE FROM {SEALS} WHERE {which.format(SEALS)}", table=SEALS)
                self.assertIn(("seal_count", ""), self.kinds())
                self.assertIn("deleted", self.found()["seal_count", "", 0])
                self.seals._seal()  # the next night
                self.assertIn(("seal_count", ""), self.kinds())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_days_without_a_seal_are_named(self):
        """Also where whoever deleted the seals set their number back."""
        self.as_owner(f"DELETE FROM {SEALS}", table=SEALS)
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.consent_seal_count", 0)
        self.assertEqual(self.found(), {}, "they may still be sealed this night")
        with freeze_time(fields.Datetime.now() + timedelta(days=1, hours=2)):
            self.assertIn("No seal holds", self.found()["seal_missing", "", 0])
            self.seals._seal()
            self.assertEqual(self.found(), {})

    def test_a_quiet_ledger_needs_no_seal(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=40)):
            self.assertEqual(self.found(), {})

    @mute_logger("odoo.sql_db")
    def test_an_event_inserted_with_a_right_hash_is_named(self):
        """Unless everything that follows from it is made anew too, before the first seal."""
        from ...models.consent.chain import link  # noqa: PLC0415 what the owner has as well

        last = self.person(self.no).event_ids
        record = {**last._record(), "sequence": 2, "state": "given", "version": 1}
        record = {name: value for name, value in record.items() if name != "identity"}
        record |= {"payload_commitment": None, "recorded_at": "2026-01-01T10:00:00"}
        record["effective_at"] = "2027-01-01T10:00:00"
        columns = [name for name in record if name not in ("version", "subject")]
        values = [record[name] for name in columns]
        marks = ", ".join(["%s"] * (len(columns) + 3))
        self.sql(
            f"INSERT INTO {EVENTS} ({', '.join(columns)}, subject_id, prev_hash, hash)"
            f" VALUES ({marks})",
            *values,
            *(last.subject_id.id, last.hash, link(last.hash, record)),
        )
        self.assertIn(("head", last.subject_id.uuid), self.kinds())
        self.sql(
            f"UPDATE {SUBJECTS} SET sequence = 2, head_hash = %s WHERE id = %s",
            *(link(last.hash, record), last.subject_id.id),
        )
        self.assertEqual(
            self.kinds(), {("state", last.subject_id.uuid), ("unsealed", last.subject_id.uuid)}
        )


@tagged("post_install", "-at_install")
class TestConsentSealCompare(TamperingCase):
    """T9: the privacy officer compares what was mailed with what the ledger holds."""

    def compare(self, text, user=None):
        dialogs = self.env["customer.sheet.consent.seal.compare"].with_user(user or self.officer)
        dialog = dialogs.create({"mailed": text})
        action = dialog.action_compare()
        self.assertEqual(action["res_id"], dialog.id)
        return dialog.answer

    def mailed(self):
        template = self.env.ref("crm_customer_sheet.mail_template_consent_seal")
        return template._render_field("body_html", self.seal.ids)[self.seal.id]

    def test_a_seal_that_is_there_is_told_from_the_whole_mail_or_its_hash(self):
        broken = f"{self.seal.hash[:30]}\n{self.seal.hash[30:]}"
        texts = (self.seal.hash, f"> {self.seal.hash} ", broken, self.seal.hash[3:], self.mailed())
        for text in (*texts, self.seal.root):
            with self.subTest(text[:80]):
                self.assertIn("still in the ledger", self.compare(text))

    def test_a_seal_that_is_gone_is_told(self):
        mail = self.mailed()
        self.as_owner(f"DELETE FROM {SEALS}", table=SEALS)
        answer = self.compare(mail)
        self.assertIn("not in the ledger", answer)
        self.assertNotIn("still in the ledger", answer)

    def test_a_seal_of_which_only_the_hash_is_left_is_told(self):
        for column, value in (("root", "0" * 64), ("event_count", 1), ("leaves", "x 1 y")):
            with self.env.cr.savepoint() as savepoint:
                self.as_owner(
                    f"UPDATE {SEALS} SET {column} = %s WHERE id = %s",
                    *(value, self.seal.id),
                    table=SEALS,
                )
                self.assertIn("was edited", self.compare(self.seal.hash))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_text_without_a_seal_is_told(self):
        for text in ("Hello", "$1$abc", "<b>x</b>", "", False):
            self.assertIn("no seal", self.compare(text))

    def test_only_officers_compare(self):
        for user in (self.rep, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.compare(self.seal.hash, user)
        action = self.seals.with_user(self.officer).action_compare()
        self.assertEqual(action["res_model"], "customer.sheet.consent.seal.compare")
        with self.assertRaises(AccessError):
            self.seals.with_user(self.rep).action_compare()
