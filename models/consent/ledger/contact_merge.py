from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """A stock contact merge joins the people of the ledger: the stricter decision stands.

    Stock moves the links by itself; the ledger points at no contact, so that a merge can
    neither rewrite nor delete evidence.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        moves = {partner.id: (partner.id, dst_partner.id) for partner in src_partners}
        self.env["customer.sheet.consent.subject"].sudo()._note_moved("res.partner", moves)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        links.invalidate_model()
        people = links.search([("partner_id", "=", dst_partner.id)]).root_id
        if len(people) > 1:
            people[0]._join(people[1:])
        return result
