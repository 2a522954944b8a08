from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL

from .merge_images import Images


class CustomerSheetMerge(models.Model):
    """What else belongs to a merged record: its people, its pairs, its consents, its leads."""

    _inherit = "customer.sheet.merge"

    # -- the people of a company -------------------------------------------

    @api.model
    def _image_family(self, host, changes, mapping, images):
        """Take images of the people whom a change of their company will change."""
        if host != "res.partner":
            return
        merge_of = {survivor: merge for _tail, survivor, merge in mapping}
        followed = self._followed_fields()
        parents = [row_id for row_id, values in changes.items() if followed & set(values)]
        parents += [tail for tail, _survivor, _merge in mapping]
        merge_of.update({tail: merge for tail, _survivor, merge in mapping})
        if parents:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, parent_id, commercial_partner_id FROM res_partner"
                    " WHERE (parent_id = ANY(%s) OR commercial_partner_id = ANY(%s))"
                    " AND id <> ALL(%s)",
                    parents,
                    parents,
                    list(merge_of),
                )
            )
            images.take(
                "res_partner",
                [
                    (row_id, merge_of.get(parent) or merge_of.get(company))
                    for row_id, parent, company in rows
                ],
            )

    @api.model
    def _followed_fields(self):
        """Return the fields that Odoo copies from a company to its people."""
        partners = self.env["res.partner"]
        return {*partners._commercial_fields(), *partners._address_fields()}

    @api.model
    def _sync_family(self, operation, changes):
        """Let the people of merged companies follow, as after any change of a company."""
        if operation.model != "res.partner":
            return
        partners = self.env["res.partner"]
        children = operation.moved.get(("res.partner", "parent_id")) or {}
        for child in partners.browse(children):
            child._commercial_sync_from_company()
        followed = self._followed_fields()
        for row_id, values in changes.items():
            names = [name for name in values if name in followed]
            if names and (partner := partners.browse(row_id)).child_ids:
                partner._children_sync(partner._convert_fields_to_values(names))
        self.env.flush_all()

    # -- pairs of possible duplicates ----------------------------------------

    @api.model
    def _settle_pairs(self, host, mapping, images):
        """Note on the pairs among merged records that they have been merged."""
        if "customer.sheet.duplicate" not in self.env:
            return
        merges = {}
        for tail, survivor, merge in mapping:
            merges.setdefault(merge, {survivor}).add(tail)
        self.env["customer.sheet.duplicate"]._settle_merged(host, merges, images)

    # -- consents ----------------------------------------------------------

    def _join_consents(self):
        """Join the consents of each merge by the most restrictive, and note it for the undo."""
        for merge in self:
            subjects = self._subjects(merge.host, [merge.survivor_id, *merge.tail_ids])
            if len(subjects) > 1:
                merge.joined = subjects[0]._join(subjects[1:]).ids

    @api.model
    def _subjects(self, host, record_ids):
        """Return the consent subjects of these records, the first record's first."""
        if "customer.sheet.consent.subject" not in self.env:
            return []
        column = self.env[host]._sheet_answer_column()
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        found = links.search([(column, "in", record_ids)])
        found = found.sorted(lambda link: (record_ids.index(link[column].id), link.id))
        return found.root_id

    def _split_consents(self):
        for merge in self:
            if merge.joined and "customer.sheet.consent.subject" in self.env:
                subjects = self.env["customer.sheet.consent.subject"].sudo()
                joined = subjects.browse(merge.joined).exists()
                subjects._split(joined)

    # -- what comes on top of a merge ----------------------------------------

    def _attach(self, leads):
        """Give leads without a contact the survivor as theirs."""
        with self._noted({leads._table: leads.ids}):
            silent = leads.sudo().with_context(tracking_disable=True, active_test=False)
            silent.partner_id = self.survivor_id

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
        images = Images(self.env)
        for table, ids in rows.items():
            images.take(table, [(row_id, self.id) for row_id in ids])
        yield
        self.env.flush_all()
        images.compare()
