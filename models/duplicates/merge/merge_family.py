from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL

from .images import Images


class CustomerSheetMerge(models.Model):
    """What else belongs to a merged record: its people and its leads."""

    _inherit = "customer.sheet.merge"

    # -- the people of a company -------------------------------------------

    @api.model
    def _family_parents(self, host, changes, mapping, members):
        """Return ``{contact: merge}`` whose people will have to follow: its company's values
        change, or they come to a company with other values."""
        if host != "res.partner":
            return {}
        parents = {}
        followed = self._followed_fields()
        commercial = self.env["res.partner"]._commercial_fields()
        for tail, survivor, merge in mapping:
            final = {**members[survivor].row, **changes.get(survivor, {})}
            gone = members[tail].row
            if any(final.get(name) != gone.get(name) for name in commercial):
                parents[tail] = merge
            if followed & set(changes.get(survivor, ())):
                parents[survivor] = merge
        return parents

    @api.model
    def _image_family(self, parents, mapping, images):
        """Take images of the people of these parents."""
        if parents:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, parent_id, commercial_partner_id FROM res_partner"
                    " WHERE (parent_id = ANY(%(ids)s) OR commercial_partner_id = ANY(%(ids)s))",
                    ids=list(parents),
                )
            )
            members = {each for row in mapping for each in row[:2]}
            images.take(
                "res_partner",
                [
                    (row_id, parents.get(parent) or parents.get(company))
                    for row_id, parent, company in rows
                    if row_id not in members
                ],
            )

    @api.model
    def _followed_fields(self):
        """Return the fields that Odoo copies from a company to its people."""
        partners = self.env["res.partner"]
        return {*partners._commercial_fields(), *partners._address_fields()}

    @api.model
    def _sync_family(self, operation, changes, parents):
        """Let the people of these parents follow, as after any change of a company."""
        if not parents:
            return
        partners = self.env["res.partner"]
        children = operation.moved.get(("res.partner", "parent_id")) or {}
        merges = {parents[tail] for tail, _kept, _merge in operation.mapping if tail in parents}
        for child in partners.browse(row for row, merge in children.items() if merge in merges):
            child._commercial_sync_from_company()
        followed = self._followed_fields()
        for row_id, values in changes.items():
            names = [name for name in values if name in followed]
            if names and (partner := partners.browse(row_id)).child_ids:
                partner._children_sync(partner._convert_fields_to_values(names))
        self.env.flush_all()

    # -- what comes on top of a merge ----------------------------------------

    def _attach(self, leads):
        """Give leads without a contact the survivor as theirs."""
        company = self._survivor().commercial_partner_id
        with self._noted({leads._table: leads.ids, company._table: company.ids}):
            # as the person: what the lead knows of the contact's company goes there, too
            leads = leads.with_context(tracking_disable=True, active_test=False)
            leads.partner_id = self.survivor_id

    def _write_values(self, values):
        """Write values that none of the merged records has, as anybody would write them."""
        survivor = self._survivor().with_context(tracking_disable=True)
        rows = {survivor._table: survivor.ids}
        if self.host == "res.partner":
            people = survivor.sudo().with_context(active_test=False)
            rows[survivor._table] = people.search([("id", "child_of", survivor.ids)]).ids
        with self._noted(rows):
            survivor.write(values)
        self.sudo().taken = sorted({*(self.taken or ()), *values})

    @contextmanager
    def _noted(self, rows):
        """Note in the journal what happens meanwhile to these rows: ``{table: ids}``."""
        self.env.flush_all()
        images = Images(self.sudo().env)
        for table, ids in rows.items():
            images.take(table, [(row_id, self.id) for row_id in ids])
        yield
        self.env.flush_all()
        images.compare()
