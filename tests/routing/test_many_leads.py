"""Records created in great number end as few do, once the jobs have run: whoever created them."""

from contextlib import contextmanager, nullcontext

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.tests import tagged

from ...models.sheet.actor import acting
from ...models.sheet.unfinished.hosts import FEW
from ..people import person
from ..upkeep import do_chore
from .routing_common import RoutingCase

#: What is computed of a new sheet; a date and a number are its own.
OWN = {"sheet_checked_on", "sheet_reference", "sheet_mql_at", "sheet_qualified_at"}

#: Answers of a lead that is hot.
HOT = {
    "sheet_need": "Audit of the HVAC line",
    "sheet_deadline": str(fields.Date.add(fields.Date.today(), days=20)),
    "sheet_decision_maker": "Salma Bennani",
    "sheet_budget_max": 90000.0,
}

NAMES = st.sampled_from(["Mme Salma BENNANI", "Ada Lovelace", "M. Ada", "", "N/A"])
EMAILS = st.sampled_from(
    ["salma@atlas-meca.ma", "ada@gmial.com", "test@test.fr", "not one", "", "ada@x.fr"]
)
PHONES = st.sampled_from(["06 12 34 56 78", "+212 661 23 45 67", "0000", ""])
SETTINGS = settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _without_address_of_their_own(row):
    """Odoo brings a lead's address to its contact, and from there to its other leads: in turn."""
    shared = ("email_from", "phone") if "partner_id" in row else ()
    return {name: value for name, value in row.items() if name not in shared}


contact = st.fixed_dictionaries(
    {"name": st.sampled_from(["Mme Salma BENNANI", "Ada Lovelace", "Atlas Meca SARL", "N/A"])},
    optional={
        "email": EMAILS,
        "phone": PHONES,
        "city": st.sampled_from(["Lyon", "xxx", ""]),
        "function": st.sampled_from(["Buyer", ""]),
        "is_company": st.booleans(),
        "company_name": st.sampled_from(["Atlas", ""]),
        "company_registry": st.sampled_from(["732 829 320 00074", "73282932000075"]),
        "sheet_typology": st.sampled_from(["b2b", "b2c", False]),
        "sheet_sector": st.sampled_from(["industry", False]),
        "sheet_first_name": st.sampled_from(["Salma", False]),
        "type": st.sampled_from(["contact", "delivery"]),
        "active": st.booleans(),
    },
)
lead = st.fixed_dictionaries(
    {"name": st.just("Request"), "type": st.just("opportunity"), "contact_name": NAMES},
    optional={
        "email_from": EMAILS,
        "phone": PHONES,
        "partner_name": st.sampled_from(["Atlas Meca", ""]),
        "user_id": st.sampled_from(["rep", "nobody"]),
        "stage_id": st.sampled_from(["new", "qualified", "won"]),
        "partner_id": st.sampled_from(["firm", "woman"]),
        "sheet_source_id": st.just("referral"),
        "sheet_need": st.just("Audit of the HVAC line"),
        "sheet_deadline": st.just("2030-06-30"),
        "sheet_decision_maker": st.just("Salma Bennani"),
        "sheet_budget_max": st.sampled_from([100.0, 90000.0]),
        "sheet_sector": st.sampled_from(["industry", False]),
        "sheet_typology": st.sampled_from(["b2b", False]),
    },
).map(_without_address_of_their_own)


class ManyCase(RoutingCase):
    """The same records, created at once or as few, up to the end of all jobs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = person(cls.env, "keeper")
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_customer_sheet.call_enabled", True)
        parameters.set_param("crm_customer_sheet.hot_activity", "True")
        parameters.set_param("crm_customer_sheet.hot_score", 40)
        cls.gate = cls.env.ref("crm_customer_sheet.gate_qualified")
        cls.gate.mode = "enforce"
        contacts = cls.env["res.partner"]
        cls.named = {
            "rep": cls.keeper.id,
            "nobody": False,
            "new": cls.env["crm.stage"].search([], order="sequence, id", limit=1).id,
            "qualified": cls.gate.stage_ids[:1].id,
            "won": cls.env["crm.stage"].search([("is_won", "=", True)], limit=1).id,
            "firm": contacts.create(
                {"name": "Atlas Meca", "is_company": True, "sheet_sector": "industry"}
            ).id,
            "woman": contacts.create({"name": "Mme Ada Byron", "phone": "+33612345679"}).id,
            "referral": cls.env.ref("crm_customer_sheet.option_source_referral").id,
        }

    @contextmanager
    def forgotten(self):
        """Take everything back that happens inside."""
        self.saved()
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            self.env.cr.precommit.clear()
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def created(self, model, rows, size, actor="person"):
        """Create rows so many at a time, and let the jobs run."""
        rows = [
            {n: self.named.get(v, v) if n.endswith("_id") else v for n, v in row.items()}
            for row in rows
        ]
        records = self.env[model].with_user(self.keeper)
        for start in range(0, len(rows), size):
            with acting(actor) if actor != "person" else nullcontext():
                records |= records.create(rows[start : start + size])
                self.saved()
        do_chore(self, "unfinished")
        pairs = self.env["customer.sheet.duplicate"]
        while pairs._match_dirty():
            pass
        if model == "crm.lead":
            records.sudo()._sheet_rescore_leads(records.ids)
        self.saved()
        return records.sudo()

    def state(self, records):
        """Return what became of the records, in words that do not name them."""
        places = {record.id: place for place, record in enumerate(records)}
        names = [name for name in records._sheet_computed() if name not in OWN]
        sheets = []
        for record in records:
            sheet = {name: record[name] for name in names}
            sheet["once"] = {name: bool(record[name]) for name in OWN.intersection(record._fields)}
            sheet["messages"] = sorted(str(message.body) for message in record.message_ids)
            if record._name == "crm.lead":
                sheet["owner"] = record.user_id.login
                sheet["unasked"] = bool(record.sheet_gate_unasked_on)
                sheet["hot"] = bool(record.sheet_hot_on)
                sheet["traces"] = [
                    (trace.kind, trace.event, [line["did"] for line in trace.details or []])
                    for trace in self.traces(record)
                ]
                sheet["todo"] = sorted(
                    (a.activity_type_id.name, a.summary or "", a.user_id.login, a.date_deadline)
                    for a in record.activity_ids
                )
            sheets.append(sheet)
        column, sign = ("lead_id", -1) if records._name == "crm.lead" else ("partner_id", 1)
        nodes = {sign * id_: place for id_, place in places.items()}
        pairs = self.env["customer.sheet.duplicate"].search([("node1", "in", list(nodes))])
        pairs |= pairs.search([("node2", "in", list(nodes))])
        found = sorted(
            (str(nodes.get(p.node1, p.node1)), str(nodes.get(p.node2, p.node2)), p.state)
            for p in pairs
        )
        keys = self.env["customer.sheet.match.key"].sudo().search([(column, "in", records.ids)])
        made = sorted((places[key[column].id], key.kind, key.h) for key in keys)
        return sheets, found, made

    def assertAlike(self, model, rows, actor="person"):
        """Check that rows created at once end as those created as few."""
        with self.forgotten():
            few = self.state(self.created(model, rows, FEW, actor))
        with self.forgotten():
            many = self.state(self.created(model, rows, len(rows), actor))
        for one, other in zip(few, many, strict=True):
            self.maxDiff = None
            self.assertEqual(one, other)


def lists(row):
    """Return lists of one row more than few, made of some that come again."""
    some = st.lists(row, min_size=1, max_size=FEW + 1)
    return some.map(lambda rows: (rows * (FEW + 1))[: FEW + 1])


@tagged("post_install", "-at_install")
class TestManyRecords(ManyCase):
    """21 records end as 20 do, once the jobs have run."""

    @given(rows=lists(contact))
    @SETTINGS
    def test_contacts_end_alike(self, rows):
        self.assertAlike("res.partner", rows)

    @given(rows=lists(lead), actor=st.sampled_from(["person", "person", "import"]))
    @SETTINGS
    def test_leads_end_alike_without_rules(self, rows, actor):
        self.assertAlike("crm.lead", rows, actor)

    @given(rows=lists(lead), actor=st.sampled_from(["person", "person", "import"]))
    @SETTINGS
    def test_leads_end_alike_with_rules(self, rows, actor):
        # a lead that gets hot before a rule gives it an owner is announced to nobody
        self.env["ir.config_parameter"].sudo().set_param("crm_customer_sheet.hot_activity", "False")
        self.fixed(self.ada, domain="[('sheet_sector', '=', 'industry')]")
        self.fixed(self.bob, domain="[('sheet_typology', '=', 'b2c')]")
        self.assertAlike("crm.lead", rows, actor)
        self.fixed(self.bob, score_from=30)
        self.fixed(self.cleo, trigger="score", score_from=50)
        self.assertAlike("crm.lead", rows, actor)
        self.rules.search([("is_on", "=", True)]).is_on = False

    def fixed(self, user, **values):
        """Create a rule that gives leads to one person."""
        return self.rule(strategy="fixed", user_id=user.id, team_id=False, **values)


@tagged("post_install", "-at_install")
class TestManyLeads(ManyCase):
    """When what rules, gates and people wait for is there."""

    BASIS = {"name": "Request", "type": "opportunity", "contact_name": "Ada"}

    def many(self, **values):
        """Create one lead more than few, as a rep, for nobody yet."""
        basis = {**self.BASIS, "user_id": False, **values}
        leads = self.env["crm.lead"].with_user(self.keeper).create([basis] * (FEW + 1))
        self.saved()
        return leads.sudo()

    def fixed(self, **values):
        return self.rule(strategy="fixed", user_id=self.ada.id, team_id=False, **values)

    def test_rules_that_read_no_score_route_at_once(self):
        self.fixed(domain="[('sheet_sector', '=', 'industry')]")
        leads = self.many(partner_id=self.named["firm"])
        self.assertEqual(leads.user_id, self.ada)
        self.assertEqual(set(leads.mapped("sheet_sector")), {"industry"})
        self.assertEqual(set(leads.mapped("sheet_score")), {False})

    def test_rules_that_read_the_score_find_it(self):
        self.fixed(score_from=1)
        leads = self.many(partner_id=self.named["firm"])
        self.assertNotIn(False, leads.mapped("sheet_score"))
        self.assertEqual(leads.user_id, self.ada)

    def test_a_score_that_reaches_a_threshold_routes_at_once(self):
        self.fixed(trigger="score", score_from=1)
        self.assertEqual(self.many(partner_id=self.named["firm"]).user_id, self.ada)

    def test_hot_leads_are_announced_however_late_the_job_comes(self):
        leads = self.many(user_id=self.keeper.id, **HOT)
        summary = "Hot lead: call today"
        self.assertNotIn(summary, leads.activity_ids.mapped("summary"))
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = now() - interval '1 day' WHERE id = ANY(%s)",
            [leads.ids],
        )
        self.env.invalidate_all()
        do_chore(self, "unfinished")
        hot = leads.activity_ids.filtered(lambda activity: activity.summary == summary)
        self.assertEqual(hot.mapped("res_id"), leads.ids)

    def test_an_import_is_not_announced_when_it_is_finished(self):
        row = ["Request", *map(str, HOT.values())]
        leads = self.env["crm.lead"].with_user(self.boss).with_context(import_file=True)
        result = leads.load(["name", *HOT], [row] * 50)
        self.assertFalse(result["messages"])
        self.saved()
        do_chore(self, "unfinished")
        leads = leads.browse(result["ids"])
        self.assertTrue(all(leads.mapped("sheet_hot")))
        self.assertFalse(leads.activity_ids)

    def test_leads_behind_a_gate_are_judged_at_once(self):
        leads = self.many(stage_id=self.named["qualified"])
        self.assertTrue(all(leads.mapped("sheet_gate_unasked_on")))
        self.assertTrue(all(leads.mapped("sheet_reference")))
        self.assertFalse(self.env["customer.sheet.unfinished"].search([]))
        self.env["customer.sheet.duplicate"]._match_dirty()
        keys = self.env["customer.sheet.match.profile"].sudo()
        self.assertEqual(keys.search_count([("lead_id", "in", leads.ids)]), FEW + 1)

    def test_calls_are_planned_at_once(self):
        leads = self.many(user_id=self.keeper.id)
        self.assertEqual(len(leads.activity_ids), FEW + 1)
