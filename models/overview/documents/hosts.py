from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...sheet import takes
from ...sheet.called import called
from ...sheet.glance.attachment import DOCUMENT_KINDS

#: So many documents are shown on a page; the list has all.
SHOWN = 20


def _place(url):
    """Return where a link leads, without how; "" for what is no link to the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname
    return parts.netloc + parts.path if is_web else ""


def _href(url):
    """Return the address if one may follow it, to the web or on this site; "" else."""
    is_here = url.startswith("/") and url[1:2] not in ("/", "\\")
    return url if is_here or _place(url) else ""


class CustomerSheetMixin(models.AbstractModel):
    """Documents of a customer (A9): those of the company, its people and its leads, by kind.

    A document stays where it was put: what a lead received is found on its contact, too.
    """

    _inherit = "customer.sheet.mixin"

    @api.readonly
    @called(one=True)
    def sheet_documents(self):
        """Return the documents that have a kind, those of this sheet first, the newest first.

        :return: ``{"kinds": [[code, label]], "documents": [{"id", "name", "kind", "url", "day",
            "by", "about"}], "count", "can_add"}``; ``about`` names the sheet where it is another,
            ``count`` says how many there are in all
        """
        self._sheet_check_access("read")
        attachments = self.env["ir.attachment"]
        domain = self._sheet_documents_domain()
        known = Domain("sheet_document_kind", "!=", False)
        names = ["name", "type", "url", "sheet_document_kind", "create_date", "create_uid"]
        names += ["res_model", "res_id", "res_name"]
        own = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        found = attachments.browse()
        for which in (own, ~own):
            if room := SHOWN - len(found):
                which &= domain & known
                found += attachments.search_fetch(which, names, order="id desc", limit=room)
        kinds = attachments._fields["sheet_document_kind"]._description_selection(self.env)
        return {
            "kinds": kinds,
            "documents": [each._sheet_document(self) for each in found],
            "count": attachments.search_count(domain),
            "can_add": self.has_access("write"),
        }

    @called(one=True, name=takes.text, url=takes.text, kind=takes.one_of(*dict(DOCUMENT_KINDS)))
    def sheet_document_link(self, name="", url="", kind=False):
        """Keep a link to a document that lies elsewhere.

        :raise UserError: it is no address of the web
        """
        self._sheet_check_access("write")
        if not (place := _place(url.strip())):
            raise UserError(
                self.env._("“%(url)s” is no link: it has to begin with https://.", url=url[:80])
            )
        self.env["ir.attachment"].create(
            {
                "name": name.strip() or place,
                "type": "url",
                "url": url.strip(),
                "res_model": self._name,
                "res_id": self.id,
                "sheet_document_kind": kind,
            }
        )

    @called(one=True)
    def action_sheet_documents(self):
        """Open the documents of this sheet and of its people, companies and leads."""
        action = super().action_sheet_documents()
        others = self.env["ir.attachment"].search(self._sheet_documents_domain())
        own = Domain(action["domain"])
        shown = (own | Domain("id", "in", others.ids)) & Domain("res_field", "=", False)
        return {**action, "domain": list(shown)}

    def _sheet_documents_domain(self):
        """Return the domain of the documents of the whole customer, for whom the user may read."""
        circle = self._sheet_circle()
        return Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", ids)
            for model, ids in (("res.partner", circle.people), ("crm.lead", circle.leads))
            if self.env[model].has_access("read")
        )


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _sheet_document(self, sheet):
        """Return a document as the page of a sheet shows it."""
        is_own = (self.res_model, self.res_id) == (sheet._name, sheet.id)
        day = fields.Datetime.context_timestamp(self, self.create_date).date()
        is_link = self.type == "url"
        own_url = f"/web/content/{self.id}?download=1"
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.sheet_document_kind,
            "url": _href(self.url or "") if is_link else own_url,
            "is_link": is_link,
            "day": day.isoformat(),
            "by": self.create_uid.name,
            "about": "" if is_own else self.res_name or "",
        }
