"""The companies that the people of a file work for."""

from odoo.fields import Domain
from odoo.tools import escape_psql

from . import said

#: Of ours, what a company has from its people.
OURS = ("sheet_main_contact_id",)


class Companies:
    """Puts people under the companies that their rows name.

    :param desk: the import, as superuser
    :param contacts: the model, with the rights of the person for whom it is run
    """

    def __init__(self, desk, contacts):
        self.desk, self.contacts = desk, contacts
        self._of_file = []

    def link(self, items, here):
        """Put people under the companies that their rows name, made where there are none.

        :param here: what this batch has created so far
        """
        made = Domain("import_id", "=", self.desk.id) & Domain("is_created", "=", True)
        rows = self.desk.env["customer.sheet.import.row"]
        before = rows.search(made & Domain("partner_id.is_company", "=", True)).partner_id.ids
        self._of_file = [*before, *(each.id for each in here if each.sudo().is_company)]
        for item in items:
            self._link(item)

    def _link(self, item):
        new = item.judgement.new
        parent = item.values.get("field:parent")
        name = parent or new.get("company_name")
        if not name or new.get("is_company"):
            return
        named = [("is_company", "=", True), ("name", "=ilike", escape_psql(name))]
        if not parent:  # a company is only then more than a name, where it has a row of its own
            named.append(("id", "in", self._of_file))
        company = self.contacts.search(named, order="id", limit=1)
        if not company and not parent:
            return
        if not company:
            company = self.contacts.create({"name": name, "is_company": True})
            item.former["company"] = company.id
        new["parent_id"] = company.id

    def now(self, ids):
        """Return ``{id: what it may get from its people}`` of these companies.

        Odoo hands an address and a VAT number from a person on to the company.
        """
        companies = self.contacts.browse(set(ids) - {None, False})
        return {each.id: (self._shared(each), said.memory(each)) for each in companies}

    def _shared(self, company):
        names = (*company._address_fields(), *company._synced_commercial_fields(), *OURS)
        return company.sudo()._sheet_as_json(names)

    def note(self, items, before):
        """Keep with the rows what their companies have got from them.

        :param before: what :meth:`now` has returned before
        """
        for item in items if before else ():
            company = item.record.parent_id
            told, memory = before.pop(company.id, (None, None))
            if told and (after := self._shared(company)) != told:
                shared = {"before": told, "after": after, "memory": memory}
                item.former["shared"] = {"id": company.id, **shared}
