"""A segment: whoever meets its condition is in it, for each reader with their own rights."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..people import person
from .segment_common import FIELD, SegmentCase

#: Conditions of leads, and whether one of those of the tests meets them.
CONDITIONS = {
    "[('sheet_sector', '=', 'industry')]": lambda lead: lead.sheet_sector == "industry",
    "[('sheet_sector', '!=', 'industry')]": lambda lead: lead.sheet_sector != "industry",
    "[('user_id.login', '=', 'sheet_rep')]": lambda lead: lead.user_id.login == "sheet_rep",
    "[('name', 'ilike', 'retail')]": lambda lead: "retail" in lead.name,
    "[('active', '=', False)]": lambda lead: False,
    "[('create_date', '>', 'today -1d')]": lambda lead: True,
}


@tagged("post_install", "-at_install")
class TestSegments(SegmentCase):
    @settings(max_examples=20, deadline=None)
    @given(
        chosen=st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=1, max_size=3, unique=True),
        with_nobody=st.booleans(),
        is_negated=st.booleans(),
    )
    def test_who_is_found_grouped_and_shown_is_who_meets_the_condition(
        self, chosen, with_nobody, is_negated
    ):
        known = self.segments.search([]) or self.conditions()
        named = {segment: CONDITIONS[segment.domain] for segment in known}
        wanted = [segment for segment in named if segment.domain in chosen]
        values = [*(segment.id for segment in wanted), *([False] if with_nobody else [])]

        def is_in(lead):
            own = {segment for segment, meets in named.items() if meets(lead)}
            return bool(own & set(wanted)) or with_nobody and not own

        found = self.found([(FIELD, "not in" if is_negated else "in", values)])
        self.assertEqual(found, self.leads.filtered(lambda lead: is_in(lead) is not is_negated))
        for lead in self.leads:
            own = [segment.id for segment, meets in named.items() if meets(lead)]
            self.assertEqual(set(lead[FIELD].ids), set(own))
        groups = self.leads._read_group([("id", "in", self.leads.ids)], [FIELD], ["id:recordset"])
        for segment, leads in groups:
            self.assertEqual(leads, self.leads.filtered(lambda lead, s=segment: s in lead[FIELD]))

    def conditions(self):
        return self.segments.create([{"name": each, "domain": each} for each in CONDITIONS])

    def test_names_find_segments(self):
        self.segment("Machine makers")
        for domain in ([(FIELD, "ilike", "machine")], [(FIELD, "=", "Machine makers")]):
            self.assertEqual(len(self.found(domain)), 4)
        self.assertEqual(len(self.found([(FIELD, "any", [("name", "=", "Machine makers")])])), 4)
        self.assertFalse(self.found([(FIELD, "ilike", "none of them")]))
        self.assertEqual(len(self.found([(FIELD, "=", False)])), 2)

    def test_each_reader_counts_what_they_may_read(self):
        segment = self.segment(domain="[('name', 'like', 'Segmented industry')]")
        self.assertEqual(segment.record_count, 4)
        self.assertEqual(segment.with_user(self.rep).record_count, 2)
        groups = self.leads.with_user(self.rep).formatted_read_group(
            [("id", "in", self.leads.ids)], [FIELD], ["__count"]
        )
        self.assertEqual({group["__count"] for group in groups}, {2, 1})
        for group in groups:
            again = self.found(group["__extra_domain"], self.rep)
            self.assertEqual(len(again), group["__count"])
        opened = segment.with_user(self.rep).action_open_members()
        leads = self.env["crm.lead"].with_user(self.rep).with_context(**opened["context"])
        self.assertEqual(leads.search_count(opened["domain"]), 2)

    def test_lost_leads_are_in_it_only_where_the_condition_speaks_of_them(self):
        open_, lost = self.segment(), self.segment("Lost", "[('active', '=', False)]")
        self.leads[0].action_set_lost()
        self.env.invalidate_all()
        everybody = self.leads.with_context(active_test=False)
        self.assertEqual(everybody.search([(FIELD, "in", lost.ids)]) & self.leads, self.leads[0])
        self.assertNotIn(self.leads[0], everybody.search([(FIELD, "in", open_.ids)]))
        self.assertEqual(everybody[0][FIELD], lost)

    def test_contacts_are_customers_only(self):
        segment = self.segment("All contacts", "[]", model="res.partner")
        contact = self.env["res.partner"].create({"name": "A customer"})
        own = self.rep.partner_id
        found = self.env["res.partner"].search(
            [("id", "in", (contact | own).ids), (FIELD, "in", segment.ids)]
        )
        self.assertEqual(found, contact)
        self.assertEqual(contact[FIELD], segment)
        self.assertFalse(own[FIELD])

    def test_another_company_has_its_own(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        segment = self.segment(company_id=company.id)
        everybody = self.segment("Everybody")
        self.assertEqual(self.leads[0].with_user(self.rep)[FIELD], everybody)
        self.assertFalse(self.found([(FIELD, "in", segment.ids)], self.rep))
        with self.assertRaises(AccessError):
            segment.with_user(self.rep).action_open_members()

    def test_what_cannot_be_read_is_refused_and_later_left_out(self):
        for domain in (
            "[('no_such_field', '=', 1)]",
            "[('sheet_sector'",
            "__import__('os')",
            "[('sheet_sector', 'nonsense', 1)]",
            "[('sheet_segment_ids', '=', 1)]",
            "[('sheet_segment\\x5fids', '!=', False)]",
            "[('partner_id', 'any', [('sheet_segment' '_ids', '!=', False)])]",
            "[('partner_id', 'any!', [])]",
        ):
            with self.assertRaises(ValidationError, msg=domain), mute_logger("odoo.sql_db"):
                self.segment(domain=domain)
        gone, kept = self.segment("Gone"), self.segment("Kept")
        self.env.cr.execute(
            "UPDATE customer_sheet_segment SET domain = %s WHERE id = %s",
            ("[('field_of_an_app', '=', 1)]", gone.id),
        )
        self.env.invalidate_all()
        self.assertEqual(self.leads[0][FIELD], kept)
        self.assertFalse(self.found([(FIELD, "in", gone.ids)]))
        self.assertEqual(gone.record_count, 0)
        for user in (self.rep, self.steward):
            own = gone.with_user(user)
            for use in (own.action_start_sequence, own.action_look_up_members):
                with self.assertRaisesRegex(UserError, "cannot be read"):
                    use()
            dialog = self.env["customer.sheet.segment.reach"].with_user(user)
            dialog = dialog.create({"segment_id": gone.id})
            self.assertEqual((dialog.allowed_count, dialog.other_count), (0, 0))

    def test_twenty_at_most(self):
        for number in range(20):
            self.segment(f"Number {number}")
        with self.assertRaises(ValidationError):
            self.segment("One too many")
        self.segment("Of contacts", "[]", model="res.partner")

    def test_a_shared_one_is_nobodys_twenty_first(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        for number in range(20):
            self.segment(f"Number {number}", company_id=company.id)
        with self.assertRaises(ValidationError):
            self.segment("Of all")
        self.segment("Of here", company_id=self.env.company.id)

    def test_twenty_cost_two_queries_for_a_list(self):
        for number in range(20):
            self.segment(f"Number {number}")
        leads = self.leads.with_user(self.rep)[:3]
        leads.mapped(FIELD)
        leads.invalidate_recordset([FIELD])
        with self.assertQueryCount(2):
            leads.mapped(FIELD)

    def test_reps_read_stewards_write(self):
        values = {"name": "By hand", "domain": "[]"}
        segment = self.segments.with_user(self.steward).create(values)
        with self.assertRaises(AccessError):
            self.segments.with_user(self.rep).create(values)
        with self.assertRaises(AccessError):
            segment.with_user(self.rep).write({"domain": "[('id', '=', 1)]"})

    def test_others_learn_nothing(self):
        segment = self.segment("All contacts", "[]", model="res.partner")
        visitor = person(self.env, "visitor")
        partners = self.env["res.partner"].with_user(visitor)
        for call in (
            lambda: partners.search([(FIELD, "in", segment.ids)]),
            lambda: partners.formatted_read_group([], [FIELD], ["__count"]),
            lambda: visitor.partner_id.with_user(visitor).read([FIELD]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_condition_on_what_a_reader_may_not_see_has_nobody_for_them(self):
        secret = "[('priority', '!=', '3')]"
        segment = self.segment("Secret", secret)
        self.patch(self.env["crm.lead"]._fields["priority"], "groups", "base.group_system")
        self.assertFalse(self.found([(FIELD, "in", segment.ids)], self.rep))
        self.assertEqual(segment.with_user(self.rep).record_count, 0)
        with self.assertRaises(ValidationError):
            self.segments.with_user(self.steward).create({"name": "Mine", "domain": secret})

    def test_views_offer_it(self):
        for model in ("crm.lead", "res.partner"):
            described = self.env[model].with_user(self.rep).fields_get([FIELD])[FIELD]
            self.assertTrue(described["searchable"] and described["groupable"], model)

    def test_one_that_is_gone_is_refused_in_words(self):
        segment = self.segment()
        segment.unlink()
        with self.assertRaises(UserError):
            segment.with_user(self.rep).action_open_members()

    def test_what_is_no_segment_and_what_is_no_number_is_refused_in_words(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        for value in ([True], [1.5], [True, 1]):
            with self.subTest(value=value), self.assertRaises(UserError):
                leads.search_count([(FIELD, "in", value)])
        for name in ("sheet_days_to_qualify", "sheet_days_promising"):
            for operator, value in ((">", "soon"), ("in", ["2", 3]), ("=", "x"), ("<", [1])):
                with self.subTest(name=name, value=value), self.assertRaises(UserError):
                    leads.search_count([(name, operator, value)])
