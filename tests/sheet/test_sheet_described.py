from functools import partial

from odoo.fields import Command
from odoo.models import BaseModel
from odoo.tests import new_test_user, tagged

from .common import SheetCase

HOSTS = ("res.partner", "crm.lead")


@tagged("post_install", "-at_install")
class TestSheetDescribed(SheetCase):
    """What a view tells the web client of our fields comes from the cache, and stays true."""

    def test_a_view_is_told_the_same_as_anybody_else(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.rep.company_ids |= other
        contexts = (
            {"lang": "en_US"},
            {"lang": "fr_FR"},
            {"lang": "en_US", "allowed_company_ids": other.ids},
        )
        for host in HOSTS:
            for context in contexts:
                records = self.env[host].with_user(self.rep).with_context(**context)
                asked = records._get_view_field_attributes()
                told = records.fields_get(attributes=asked)
                # any other question goes past the cache
                uncached = records.fields_get(attributes=[*asked, "manual"])
                for description in uncached.values():
                    description.pop("manual")
                self.assertEqual(told, uncached)
                some = records.fields_get(["sheet_sector", "name"], asked)
                self.assertEqual(some.keys(), {"sheet_sector", "name"})

    def test_descriptions_are_made_once(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        describe = partial(BaseModel.fields_get, leads)
        self.assertIs(leads._sheet_described(describe), leads._sheet_described(describe))

    def test_a_description_that_is_changed_does_not_change_the_next_one(self):
        self._told(self.rep, "sheet_need")["string"] = "Something else"
        self.assertEqual(self._told(self.rep, "sheet_need")["string"], "Need")

    def test_only_users_of_sheets_are_told(self):
        user = new_test_user(self.env, "told", groups="sales_team.group_sale_salesman")
        self.assertTrue(self._told(user, "sheet_need"))
        # the group of salespeople implies ours: who leaves it sees contacts only
        clerk = ("base.group_user", "base.group_partner_manager")
        user.group_ids = [Command.set([self.env.ref(name).id for name in clerk])]
        partners = self.env["res.partner"].with_user(user)
        for views in ([(False, "form"), (False, "search")], [(False, "list")]):
            told = partners.get_views(views)["models"]["res.partner"]["fields"]
            self.assertFalse([name for name in told if name.startswith("sheet_")])

    def test_the_next_reader_has_another_language(self):
        self.assertEqual(self._told(self.rep, "sheet_need")["string"], "Need")
        self.assertEqual(self._told(self.rep, "sheet_need", lang="fr_FR")["string"], "Besoin")
        self.assertEqual(self._told(self.rep, "sheet_need")["string"], "Need")

    def test_a_label_that_is_translated_anew_is_told(self):
        self._told(self.rep, "sheet_need", lang="fr_FR")
        label = self.field("crm.lead", "sheet_need").with_context(lang="fr_FR")
        label.field_description = "Ce qu’il veut"
        self.assertEqual(
            self._told(self.rep, "sheet_need", lang="fr_FR")["string"], "Ce qu’il veut"
        )

    def test_a_sector_that_is_switched_off_is_not_offered_any_more(self):
        retail = self.env.ref("crm_customer_sheet.option_sector_retail")
        self.assertIn("retail", dict(self._told(self.rep, "sheet_sector")["selection"]))
        retail.with_user(self.manager).active = False
        self.assertNotIn("retail", dict(self._told(self.rep, "sheet_sector")["selection"]))
        retail.with_user(self.manager).active = True
        self.assertIn("retail", dict(self._told(self.rep, "sheet_sector")["selection"]))

    def test_a_search_view_leaves_out_what_nobody_groups_by(self):
        for host, view in (
            ("crm.lead", "crm.view_crm_case_opportunities_filter"),
            ("res.partner", "base.view_res_partner_filter"),
        ):
            records = self.env[host].with_user(self.rep)
            view_id = self.env.ref(view).id
            told = records.get_views([(view_id, "search")])["models"][host]["fields"]
            ours = {name for name in told if name.startswith("sheet_")}
            types = {told[name]["type"] for name in ours if name != "sheet_missing"}
            self.assertFalse(types & {"binary", "html", "json", "one2many", "text"})
            self.assertNotIn("sheet_tz", told)
            # what its filters and groups name is there
            self.assertLessEqual(
                {"sheet_completeness", "sheet_sector", "sheet_source_id", "sheet_email_reason"},
                ours,
            )

    def test_what_a_form_shows_is_described_whole(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "Time zone",
                "model": "crm.lead",
                "type": "form",
                "arch": "<form><field name='sheet_tz'/><field name='sheet_use_case'/></form>",
            }
        )
        leads = self.env["crm.lead"].with_user(self.rep)
        told = leads.get_views([(view.id, "form"), (False, "search")])["models"]["crm.lead"]
        self.assertIn("Europe/Paris", dict(told["fields"]["sheet_tz"]["selection"]))
        self.assertEqual(told["fields"]["sheet_use_case"]["type"], "text")

    def _told(self, user, name, lang="en_US"):
        """Return what a view tells of a field of leads."""
        leads = self.env["crm.lead"].with_user(user).with_context(lang=lang)
        return leads.fields_get([name], leads._get_view_field_attributes())[name]


@tagged("post_install", "-at_install")
class TestSheetOptionNames(SheetCase):
    """A filled sheet shows a dozen values of lists: their names cost no query."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.options = cls.env["customer.sheet.option"]
        cls.place = cls.options.create({"kind": "place", "code": "barn", "name": "Barn"})
        cls.place.with_context(lang="fr_FR").name = "Grange"

    def test_values_are_shown_without_a_query(self):
        names = {
            name: {"fields": {"display_name": {}}, "context": {"sheet_option_kind": kind}}
            for name, kind in (
                ("sheet_source_id", "source"),
                ("sheet_first_contact_place_id", "place"),
                ("sheet_civility_id", "civility"),
                ("sheet_headcount_id", "headcount"),
                ("sheet_revenue_id", "revenue"),
            )
        }
        bare, filled = self.lead(), self.lead()
        for name, spec in names.items():
            kind = spec["context"]["sheet_option_kind"]
            filled[name] = self.options.search([("kind", "=", kind)], limit=1)
        counts = [self._queries(lead, names) for lead in (bare, filled)]
        self.assertEqual(*counts)
        self.assertEqual(filled.web_read(names)[0]["sheet_source_id"]["display_name"], "Website")

    def test_each_language_has_its_names(self):
        self.assertEqual(self._name("en_US"), "Barn")
        self.assertEqual(self._name("fr_FR"), "Grange")

    def test_another_name_is_shown_at_once(self):
        self._name("fr_FR")
        self.place.with_user(self.manager).with_context(lang="fr_FR").name = "Hangar"
        self.assertEqual(self._name("fr_FR"), "Hangar")
        # as the dialog of translations writes them
        self.place.with_user(self.manager).update_field_translations("name", {"fr_FR": "Remise"})
        self.assertEqual(self._name("fr_FR"), "Remise")
        self.assertIn(self.place.id, self.options._named("place", "Remise"))

    def test_an_archived_value_keeps_its_name(self):
        self.place.active = False
        self.assertEqual(self._name("en_US"), "Barn")

    def test_a_deleted_value_is_not_known_any_more(self):
        self.assertIn("barn", self.options._ids_by_code("place"))
        self.place.unlink()
        self.assertNotIn("barn", self.options._ids_by_code("place"))

    def test_a_value_being_written_shows_its_name(self):
        draft = self.options.new({"kind": "place", "code": "shed", "name": "Shed"})
        self.assertEqual(draft.display_name, "Shed")

    def _queries(self, lead, names):
        """Return how many queries reading a lead takes, once the caches are warm."""
        lead.web_read(names)
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        lead.web_read(names)
        return self.env.cr.sql_log_count - start

    def _name(self, lang):
        place = self.place.with_user(self.rep).with_context(lang=lang)
        place.invalidate_recordset()
        return place.display_name
