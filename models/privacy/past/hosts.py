from odoo import models
from odoo.exceptions import AccessError

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.called import called
from ...sheet.fields import HOSTS
from .statement import BRANCHES, statement
from .words import told

#: Lines of a page, and of a file.
PAGE, MOST = 50, 10_000


class CustomerSheetMixin(models.AbstractModel):
    """What happened to the data of a person: who changed, took, looked for or merged them."""

    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def action_sheet_past(self):
        """Open what happened to the data of this person (privacy officers)."""
        self._sheet_check_past()
        pointer = "partner_id" if self._name == "res.partner" else "lead_id"
        page = self.env["customer.sheet.past"].create({pointer: self.id})
        return page._action_open()

    def _sheet_check_past(self):
        self._sheet_check_access("read")
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(
                self.env._("Only privacy officers may see what happened to the data of a person.")
            )

    def _sheet_past(self, kind="", limit=PAGE, offset=0):
        """Return what happened to the data of this person, the newest first.

        A line is ``{"at", "kind", "by", "about", "what", "was", "became"}``, in words.

        :param kind: only this, see ``BRANCHES``
        :raise AccessError: for everybody but privacy officers
        """
        self._sheet_check_past()
        kinds = [kind] if kind else list(BRANCHES)
        return told(self.env, self._sheet_past_rows(kinds, limit, offset))

    def _sheet_past_rows(self, kinds, limit=MOST, offset=0, since=None):
        """Return the rows of :func:`statement`, as it takes them."""
        people, hidden = self._sheet_past_people(), self._sheet_past_hidden()
        self.env.flush_all()  # nothing in a request
        select = statement(people, kinds, limit, offset, hidden, since)
        return self.env.execute_query_dict(select)

    def _sheet_past_people(self):
        """Return ``{host: ids}`` of the person, but of companies that are not open.

        Leads too, which a privacy officer who sells nothing does not open otherwise.
        """
        known = self.env["customer.sheet.person"]._expand(self, only_certain=True)
        hits, found = self.env["customer.sheet.search.hit"], {}
        for host in HOSTS:
            ids = [each.id for each in known if each.model == host]
            records = self.env[host].sudo().with_context(active_test=False).browse(ids)
            found[host] = hits._here(records).ids
        return found

    def _sheet_past_hidden(self):
        """Return the ids of fields that the officer may not read."""
        known = self.env["ir.model.fields"]
        return [
            known._get(host, field.name).id
            for host in HOSTS
            for field in self.env[host]._fields.values()
            if field.groups and not self.env[host]._has_field_access(field, "read")
        ]

    def _sheet_past_table(self, kind=""):
        """Return the same as rows of a file with their titles; that they leave is noted."""
        lines = self._sheet_past(kind, MOST)
        self.env["customer.sheet.export.log"]._note(self._name, self.ids, "export", ["sheet_past"])
        titles = [
            self.env._("On"),
            self.env._("What happened"),
            self.env._("By"),
            self.env._("About"),
            self.env._("What"),
            self.env._("Before"),
            self.env._("After"),
        ]
        names = ("at", "label", "by", "about", "what", "was", "became")
        return [titles, *([line[name] for name in names] for line in lines)]
