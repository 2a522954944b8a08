"""What happened is not rewritten: people change little of it, and it shows (T6)."""

from odoo.exceptions import AccessError, UserError
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tests import tagged

from .world import World

OURS = "customer.sheet."

#: Rows that say what happened, who has the most rights on them, and what they may change.
EVIDENCE = {
    f"{OURS}answer": ("sales_manager", ()),
    f"{OURS}breach": (
        "privacy",
        tuple(
            "consequences contact data_kinds how_discovered is_availability"
            " is_confidentiality is_integrity measures origin people_count people_kinds"
            " people_told_on people_why_not people_words planned processors record_count risk"
            " risk_why title user_id".split()
        ),
    ),
    f"{OURS}breach.notice": ("privacy", ()),
    f"{OURS}catalogue.version": ("sheet_manager", ()),
    f"{OURS}charter.line": ("sheet_manager", ("role",)),
    f"{OURS}chore": ("sheet_manager", ("active",)),
    f"{OURS}consent.check": ("privacy", ()),
    f"{OURS}consent.event": ("privacy", ()),
    f"{OURS}consent.payload": ("privacy", ()),
    f"{OURS}consent.seal": ("privacy", ()),
    f"{OURS}consent.state": ("privacy", ()),
    f"{OURS}consent.subject": ("privacy", ()),
    f"{OURS}consent.subject.link": ("privacy", ()),
    f"{OURS}duplicate": ("sales_manager", ("decision_reason", "user_id")),
    f"{OURS}erasure.entry": ("privacy", ()),
    f"{OURS}erasure.record": ("privacy", ("is_included",)),
    f"{OURS}erasure.replay": ("privacy", ()),
    f"{OURS}erasure.replay.line": ("privacy", ()),
    f"{OURS}erasure.text": ("privacy", ("decision", "words")),
    f"{OURS}export.log": ("privacy", ()),
    f"{OURS}gate.waiver": ("sales_manager", ("expires_on", "reason")),
    f"{OURS}match.learning": ("sales_manager", ()),
    f"{OURS}match.learning.line": ("sales_manager", ()),
    f"{OURS}merge": ("sales_manager", ()),
    f"{OURS}merge.line": ("sales_manager", ()),
    f"{OURS}merge.run": ("sales_manager", ()),
    f"{OURS}processing.version": ("privacy", ()),
    f"{OURS}quality.figure": ("sales_manager", ()),
    f"{OURS}quality.run": ("sales_manager", ()),
    f"{OURS}request": ("privacy", ("user_id",)),
    f"{OURS}request.clock": ("privacy", ()),
    f"{OURS}request.passage": ("privacy", ("give", "words")),
    f"{OURS}retention.line": ("privacy", ("keep_until", "keep_why")),
    f"{OURS}retention.run": ("privacy", ()),
    f"{OURS}review": ("sales_manager", ("user_id",)),
    f"{OURS}review.line": ("sales_manager", ("because", "verdict")),
    f"{OURS}routing.trace": ("sales_manager", ()),
    f"{OURS}sensitive.finding": ("privacy", ("justification", "state")),
    f"{OURS}sequence.enrolment": ("sales_manager", ()),
    f"{OURS}sequence.execution": ("sales_manager", ()),
}

#: Whether it is stored or not, nobody sends these.
AUTOMATIC = ("id", *LOG_ACCESS_COLUMNS)


@tagged("post_install", "-at_install")
class TestEvidence(World):
    def value_of(self, record, field):
        """Return another value than the one a record has."""
        if field.type == "selection":
            values = field.get_values(self.env)
            return next((each for each in values if each != record.sudo()[field.name]), False)
        if field.type == "many2one":
            return self.env[field.comodel_name].sudo().search([], limit=1, order="id desc").id
        if field.type == "boolean":
            return not record.sudo()[field.name]
        samples = {"integer": 7, "float": 7.0, "json": {"x": 1}}
        dates = {"date": "2999-01-01", "datetime": "2999-01-01 00:00:00"}
        return {**samples, **dates}.get(field.type, "Forged")

    def test_only_these_fields_are_changed_by_hand(self):
        for model, (role, editable) in EVIDENCE.items():
            record = self.record(self.own, model).with_user(self.users[role])
            changed = []
            for name, field in record._fields.items():
                if not field.store or not field.column_type or name in AUTOMATIC:
                    continue
                if name in self.env["mail.thread"]._fields:
                    continue
                try:
                    record.write({name: self.value_of(record, field)})
                    self.env.flush_all()
                    changed.append(name)
                except AccessError:
                    record.invalidate_recordset()
                except UserError:  # the ledger and the breaches say it in their own words
                    words = (".consent.", ".breach", ".processing", ".erasure.entry")
                    self.assertTrue(any(part in model for part in words), model)
                    record.invalidate_recordset()
            with self.subTest(model=model):
                self.assertEqual(sorted(changed), list(editable))

    def test_nobody_deletes_it(self):
        for model, (role, _editable) in EVIDENCE.items():
            record = self.record(self.own, model).with_user(self.users[role])
            with self.subTest(model=model), self.assertRaises(UserError):
                record.unlink()

    def test_nor_what_it_would_go_with(self):
        """A gate takes its waivers along, a sequence who got which message."""
        for model, name in (("gate.waiver", "gate_id"), ("sequence.enrolment", "sequence_id")):
            record = self.record(self.own, f"{OURS}{model}")
            for role in ("sales_manager", "sheet_manager"):
                settings = record[name].with_user(self.users[role])
                with self.subTest(model=model, role=role), self.assertRaises(UserError) as said:
                    settings.unlink()
                self.assertIn("Archive it instead", str(said.exception))
            record[name].copy().with_user(self.users["sheet_manager"]).unlink()

    def test_nobody_types_that_a_machine_wrote_a_message(self):
        """T4: it would hide a customer's answer."""
        lead = self.own.leads[0].with_user(self.users["sales"])
        forged = {"sheet_is_automatic": True}
        words = "Hello"
        values = {"model": lead._name, "res_id": lead.id, "body": words}
        messages = lead.env["mail.message"]
        answer = lead.sudo().message_post(body=words, author_id=self.own.contacts[0].id)
        answer.with_env(lead.env).write({**forged, "body": "Well"})
        defaults = {"default_sheet_is_automatic": True}
        for message in (
            answer,
            messages.create({**values, **forged}),
            messages.with_context(**defaults).create(values),
            lead.message_post(body=words, **forged),
            lead.with_context(**defaults).message_post(body=words),
        ):
            self.assertFalse(message.sudo().sheet_is_automatic)

    def test_a_change_says_who_made_it_and_what_was_before(self):
        for model, (role, editable) in EVIDENCE.items():
            for name in editable:
                record = self.record(self.own, model).with_user(self.users[role])
                field = record._fields[name]
                before = str(field.convert_to_export(record[name], record) or "")
                record.write({name: self.value_of(record, field)})
                with self.subTest(model=model, field=name):
                    line = record.sudo().sheet_changes.splitlines()[-1]
                    self.assertIn(self.users[role].name, line)
                    self.assertIn(field._description_string(self.env), line)
                    self.assertIn(before, line)

    def test_what_buttons_decide_is_noted_too(self):
        finding = self.record(self.own, f"{OURS}sensitive.finding")
        finding = finding.with_user(self.users["privacy"])
        finding.action_justify()
        finding.action_review()
        self.assertEqual(len(finding.sheet_changes.splitlines()), 2)
        self.assertIn("Justified → To review", finding.sheet_changes)
        pair = self.record(self.own, f"{OURS}duplicate").with_user(self.users["steward"])
        pair.action_not_duplicate("another shop")
        pair.action_reopen()
        self.assertIn("another shop", pair.sheet_changes)
        self.assertEqual(len(pair.sheet_changes.splitlines()), 2)


@tagged("post_install", "-at_install")
class TestWaivers(World):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.users["sales_manager"]
        cls.waiver = cls.record(cls.own, f"{OURS}gate.waiver").with_user(cls.manager)

    def test_what_was_granted_stays(self):
        for values in (
            {"granted_by_id": self.users["sales"].id},
            {"lead_id": self.own.leads[1].id},
            {"lead_id": self.other.leads[0].id},
            {"gate_id": self.waiver.gate_id.copy().id},
            {"is_reminded": True},
            {"sheet_changes": "Nothing"},
            {"reason": "x", "granted_by_id": False},
            {"create_uid": self.users["sales"].id, "lead_id": self.own.leads[1].id},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                self.waiver.write(values)

    def test_another_day_is_told_on_the_lead(self):
        self.waiver.write({"expires_on": "2999-01-01", "reason": "For ever"})
        said = self.waiver.lead_id.message_ids[0].body
        self.assertIn("2999-01-01", said)
        self.assertIn("For ever", said)
        self.assertIn(self.manager.name, self.waiver.sheet_changes)

    def test_a_day_that_is_past_is_refused_as_at_first(self):
        with self.assertRaises(UserError):
            self.waiver.expires_on = "2020-01-01"

    def test_a_creation_forges_nothing(self):
        """Neither by values nor by defaults of the context."""
        stranger = self.users["sales"].id
        forged = {"granted_by_id": stranger, "is_reminded": True, "sheet_changes": "Forged"}
        context = {f"default_{name}": value for name, value in forged.items()}
        values = {
            "lead_id": self.own.leads[2].id,
            "gate_id": self.waiver.gate_id.id,
            "reason": "Why not",
        }
        waivers = self.waiver.browse().create([{**values, **forged}])
        waivers |= self.waiver.browse().with_context(**context).create([values])
        for waiver in waivers:
            self.assertEqual(waiver.granted_by_id, self.manager)
            self.assertFalse(waiver.is_reminded)
            self.assertFalse(waiver.sheet_changes)
        with self.assertRaises(AccessError):
            self.waiver.browse().create([{**values, "lead_id": self.other.leads[0].id}])
