from odoo.tests import TransactionCase

from ...people import people
from ..registers import samples, stand_in
from ..registers.registers_common import switch_on

SIREN, SIRET, VAT = samples.SIREN, samples.SIRET, samples.VAT


class LookupCase(TransactionCase):
    """A rep with a lead and a company, and two registers that are switched on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = [samples.company()]
        cls.numbers = {"BE0999999922": samples.VIES}
        cls.silent = {}
        cls.french, cls.france = switch_on(cls, "france", stand_in.france(cls.companies))
        cls.union, cls.vies = switch_on(cls, "vies", stand_in.vies(cls.numbers, cls.silent))
        cls.rep, cls.rival, cls.keeper = people(cls.env, "rep", "rival", "keeper")
        cls.env.company.write({"vat": VAT, "country_id": cls.env.ref("base.fr").id})
        cls.fr, cls.be = cls.env.ref("base.fr"), cls.env.ref("base.be")
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "HVAC",
                "type": "opportunity",
                "partner_name": "Verdon",
                "country_id": cls.fr.id,
                "user_id": cls.rep.id,
            }
        )
        cls.firm = cls.env["res.partner"].create(
            {"name": "Verdon", "is_company": True, "country_id": cls.fr.id}
        )

    def now(self, **changes):
        """Let the French register know this company, and no other."""
        before = list(self.companies)
        self.companies[:] = [samples.company(**changes)]
        self.addCleanup(self.companies.__setitem__, slice(None), before)

    def said(self, number=SIREN, user=None):
        """Return what the French register says of a number, as the rep is told."""
        leads = self.env["crm.lead"].with_user(user or self.rep)
        return leads.sheet_lookup_read("france", number, self.fr.id)

    def ask_vat(self, number):
        """Return what VIES says of a number, as the rep is told."""
        return self.env["crm.lead"].with_user(self.rep).sheet_lookup_vat(number, self.be.id)

    def take(self, sheet, answer, user=None):
        """Have an answer proposed, as the rep does (on a contact, as who keeps the book)."""
        user = user or (self.rep if sheet._name == "crm.lead" else self.keeper)
        return sheet.with_user(user).sheet_lookup_take(answer["token"])

    def proposed(self, sheet):
        """Return ``{code: value}`` of the open proposals."""
        return {each.question_id.code: each.value for each in sheet.sudo().sheet_proposal_ids}

    def shown(self, sheet):
        """Return what the form of a record shows of registers."""
        return sheet.with_user(self.rep).sheet_glance()["sheet_registers"]
