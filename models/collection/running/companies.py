"""The companies that the people of a file work for."""

from odoo.fields import Domain


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
        named = [("is_company", "=", True), ("name", "=ilike", _literally(name))]
        if not parent:  # a company is only then more than a name, where it has a row of its own
            named.append(("id", "in", self._of_file))
        company = self.contacts.search(named, order="id", limit=1)
        if not company and not parent:
            return
        if not company:
            company = self.contacts.create({"name": name, "is_company": True})
            item.former["company"] = company.id
        new["parent_id"] = company.id

    def without_address(self, items):
        """Return ``{id: its empty address}`` of known companies that these people come under.

        Odoo gives them the address of their first person.
        """
        ids = {item.judgement.new.get("parent_id") for item in items} - {None, False}
        ids -= {item.former.get("company") for item in items}
        companies = self.contacts.browse(ids.difference(self._of_file))
        addresses = {each.id: each._sheet_as_json(each._address_fields()) for each in companies}
        return {each: told for each, told in addresses.items() if not any(told.values())}

    @staticmethod
    def note_addresses(items, bare):
        """Keep with the people which companies have their address.

        :param bare: what :meth:`without_address` has returned before
        """
        for item in items if bare else ():
            company = item.record.parent_id
            if before := bare.pop(company.id, None):
                after = company._sheet_as_json(before)
                if after != before:
                    item.former["address"] = {"id": company.id, "before": before, "after": after}


def _literally(text):
    """Return a text as ``ilike`` takes it letter by letter.

    >>> _literally("100 %_x")
    '100 \\\\%\\\\_x'
    """
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
