from contextlib import suppress

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..people import person
from .glance_common import GlanceCase

#: What no field can hold, or what nobody means.
JUNK = [
    *(None, True, 0, -1, 2**31, 2**63, 10**400, 1.5, float("inf"), float("nan")),
    *("", "x", "2026-02-30", "0000-00-00", "[]", "{}"),
    *([], [[]], [None], ["x"], [[1, 2]], [[6, 0, ["x"]]], [[4, 2**40]], [[1, 1]], [[0, 0, 7]]),
    *([[1, 2**31 - 1, {}]], [[6, 0, [2**31 - 1]]], {}, {"id": 1}, {"x": {"y": []}}),
    *([[0, 0, {"x": [["x"]]}]], [[0, 0, {"name": {"x": 1}}]], [[1, "x", {}]], [[5]], [[9, 1]]),
]

SECRET = "Zanzibar"


@tagged("post_install", "-at_install")
class TestGlanceRights(GlanceCase):
    """A glance tells nobody what they may not read, whatever they say that they have typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "Abroad"})
        cls.foreign = cls.env["res.partner"].create(
            {"name": SECRET, "email": SECRET, "company_id": cls.abroad.id}
        )
        cls.foreign_lead = cls.env["crm.lead"].create({"name": SECRET, "user_id": cls.manager.id})
        cls.foreign_line = cls.env["customer.sheet.stakeholder"].create(
            {"lead_id": cls.foreign_lead.id, "name": SECRET}
        )

    def test_somebody_elses_lead(self):
        with self.assertRaises(AccessError):
            self.mine(self.prospect, self.colleague).sheet_glance()
        with self.assertRaises(AccessError):
            self.mine(self.prospect, self.colleague).sheet_glance({"user_id": self.colleague.id})

    def test_people_without_sheets(self):
        visitor = person(self.env, "visitor")
        for user in (self.outsider, visitor):
            for record in (self.prospect, self.customer, self.env["crm.lead"]):
                with self.subTest(user=user.login, record=record), self.assertRaises(AccessError):
                    self.mine(record, user).sheet_glance({"name": "x"})

    def test_a_record_that_has_gone(self):
        lead = self.prospect.copy()
        lead.unlink()
        with self.assertRaises(MissingError):
            self.mine(lead).sheet_glance()

    def test_several_records(self):
        with self.assertRaises(UserError):
            self.mine(self.prospect | self.prospect.copy()).sheet_glance()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_links_to_what_one_may_not_read(self):
        forged = [
            (self.prospect, {"partner_id": self.foreign.id}),
            (self.prospect, {"sheet_decision_maker_id": self.foreign.id}),
            (self.prospect, {"company_id": self.abroad.id}),
            (self.prospect, {"sheet_stakeholder_ids": [Command.link(self.foreign_line.id)]}),
            (self.prospect, {"sheet_stakeholder_ids": [[1, self.foreign_line.id, {}]]}),
            (self.customer, {"parent_id": self.foreign.id}),
            (self.customer, {"sheet_main_contact_id": self.foreign.id}),
            (self.customer, {"child_ids": [[4, self.foreign.id]]}),
        ]
        for record, values in forged:
            for target in (record, record.browse()):
                with self.subTest(record=target, values=values):
                    with self.assertRaises(UserError) as refused:
                        self.mine(target).sheet_glance(values)
                    self.assertNotIn(SECRET, str(refused.exception))

    def test_what_nobody_types_is_not_believed(self):
        forged = {
            "sheet_completeness": 100,
            "sheet_missing": [],
            "sheet_email_status": "valid",
            "sheet_proposals": [{"code": "x", "values": {"email_from": "x"}}],
            "sheet_score": 100,
            "sheet_consents": {"may": {}},
            "email_normalized": "somebody@else.fr",
            "create_uid": 1,
            "id": self.foreign_lead.id,
            "no_such_field": "x",
        }
        lead = self.mine(self.prospect)
        self.prospect.email_from = "ada@gmial.com"
        self.cold()
        honest = lead.sheet_glance()
        self.cold()
        self.assertEqual(lead.sheet_glance(forged), honest)

    @mute_logger(
        "odoo.models", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
    )
    def test_junk(self):
        for record in (self.prospect, self.customer):
            for name in self.one_of_each_kind(record):
                for junk in JUNK:
                    try:
                        # said in words: access, missing and invalid are of this kind
                        with suppress(UserError):
                            self.mine(record).sheet_glance({name: junk})
                    except Exception as error:  # noqa: BLE001
                        self.fail(f"{name}: {ascii(junk)[:60]}: {error!r}")

    def one_of_each_kind(self, record):
        """Return the names of fields, one of each type and host room, that people type."""
        kinds = {}
        for name in sorted(record._sheet_glance_fields()):
            field = record._fields[name]
            if not field.readonly:
                kinds.setdefault((field.type, field.comodel_name, bool(field.compute)), name)
        return sorted(kinds.values())

    def test_a_great_many_values(self):
        values = {f"x{number}": "x" * 100 for number in range(20_000)}
        shown = self.mine(self.prospect).sheet_glance(values)
        self.assertTrue(shown["sheet_gaps"])
