from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from .deal import differ


class CustomerSheetDuplicate(models.Model):
    """Two requests of one customer: kept both, under one contact."""

    _inherit = "customer.sheet.duplicate"

    # -- which they are --------------------------------------------------------

    @api.model
    def _part_deals(self):
        """Tell apart, in ``sheet_match_found``, leads of one customer about different things."""
        rows = self.env.execute_query(
            SQL(
                "SELECT node1, node2, lead_id_a, lead_id_b FROM sheet_match_found"
                " WHERE kind = 'duplicate' AND lead_id_a > 0 AND lead_id_b > 0"
            )
        )
        if not rows:
            return
        leads = self.env["crm.lead"].browse({each for row in rows for each in row[2:]})
        deals = {key: leads._sheet_deal(row) for key, row in leads._sheet_deal_rows().items()}
        apart = [row[:2] for row in rows if differ(deals[row[2]], deals[row[3]])]
        self.env.cr.execute(
            SQL(
                """
                UPDATE sheet_match_found f
                   SET kind = 'same_customer',
                       band = CASE band WHEN 'certain' THEN 'probable' ELSE band END
                  FROM unnest(%s::int[], %s::int[]) AS n(node1, node2)
                 WHERE n.node1 = f.node1
                   AND n.node2 = f.node2
                """,
                [node1 for node1, _node2 in apart],
                [node2 for _node1, node2 in apart],
            )
        )

    @api.model
    def _mark_changed_deals(self):
        """Have open pairs of leads of which one has changed since looked at anew.

        What a request is about does not decide who its customer is: a change of it alone has no
        twins looked for when it is saved.
        """
        self.env.cr.execute(
            """
            WITH changed AS (
                UPDATE customer_sheet_duplicate d SET write_date = now() at time zone 'utc'
                  FROM crm_lead a, crm_lead b
                 WHERE a.id = d.lead1_id AND b.id = d.lead2_id AND d.state IN ('new', 'review')
                   AND d.kind IN ('duplicate', 'same_customer')
                   AND GREATEST(a.write_date, b.write_date) > d.write_date
                RETURNING d.node1)
            INSERT INTO customer_sheet_match_dirty (node) SELECT node1 FROM changed
            """
        )

    # -- keeping both ------------------------------------------------------------

    @called()
    def action_attach(self):
        """Keep the requests of these pairs, as requests of one contact; open one of them."""
        self.check_access("write")
        lead = self.env["crm.lead"]
        for pair in self._still_open():
            lead = pair._attach(*pair._records())
        return lead._get_records_action()

    @api.model
    @called(records=takes.references)
    def attach(self, records):
        """Keep both of a lead and another lead or a contact, and return the contact's name.

        The contact is that of one of them, or is made from the lead.

        :param records: two ``{"model", "id"}``, the user must be able to write those leads that
            get a contact
        :raise UserError: these are two contacts, or leads of two contacts
        """
        first, second = self._two(records)
        for record in (first, second):
            record.check_access("read")
        pair = self.sudo()._pair(first, second).with_env(self.env)
        return pair._attach(first, second).partner_id.sudo().display_name

    def _attach(self, first, second):
        """Give the leads of this pair one contact, as the person; return a lead."""
        leads, contacts = self.env["crm.lead"], self.env["res.partner"]
        for record in (first, second):
            if record._name == "crm.lead":
                leads |= record
                contacts |= record.partner_id
            else:
                contacts |= record
        if not leads:
            raise UserError(self.env._("Two contacts are merged, not attached to each other."))
        if len(contacts) > 1:
            raise UserError(
                self.env._("They already have different contacts. Merge the contacts first.")
            )
        if not contacts:
            leads[:1]._handle_partner_assignment(create_missing=True)
            contacts = leads[:1].partner_id
        leads.filtered(lambda lead: lead.partner_id != contacts).partner_id = contacts
        reason = self.env._("Another request of the same customer")
        self.sudo()._decide("not_duplicate", reason)
        return leads[-1:]
