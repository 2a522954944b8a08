from functools import partial

from odoo import api, models
from odoo.exceptions import UserError

#: The documents of the ledger are filed with an event.
EVENT = "customer.sheet.consent.event"

#: In the context of an erasure: an object, which no client can send.
ERASING = object()


class IrAttachment(models.Model):
    """Documents that prove a decision: once filed, nobody changes or removes them.

    The ledger keeps a copy of its own, so that the person who handed a document over, the sheet
    that it lies on and the users who may delete it there make no difference.
    """

    _inherit = "ir.attachment"

    @api.model
    def _sheet_evidence(self, document):
        """Return a copy of ``document`` for the ledger, as superuser; empty for no document.

        :raise UserError: it has no content to keep
        """
        if not document:
            return self.sudo()
        if not document.raw:
            raise UserError(
                self.env._(
                    "“%(file)s” proves nothing: it is empty, or only a link. Choose the document"
                    " itself.",
                    file=document.name,
                )
            )
        values = {"name": document.name, "raw": document.raw, "res_model": EVENT}
        return self.sudo().create(values)

    def _sheet_file(self, events):
        """File this document with the first of ``events``; without any it is not needed."""
        if events:
            self.write({"res_id": events[0].id})
        else:
            self.unlink()

    def _sheet_erase(self):
        """Delete documents of the ledger for good: their person is erased."""
        self.sudo()._sheet_filed().with_context(sheet_consent_erasing=ERASING).unlink()

    def _sheet_filed(self):
        """Return those of these documents that belong to the ledger."""
        return self.filtered(lambda document: document.res_model == EVENT and document.res_id)

    # -- what nobody does --------------------------------------------------------

    def write(self, vals):
        for document_sudo in self.sudo()._sheet_filed():
            # moving the files to another storage writes them as they are
            if any(document_sudo._sheet_differs(name, value) for name, value in vals.items()):
                document_sudo._sheet_refuse()
        return super().write(vals)

    def _sheet_differs(self, name, value):
        stored = partial(self._fields[name].convert_to_cache, record=self, validate=False)
        return stored(value) != stored(self[name])

    def unlink(self):
        if self.env.context.get("sheet_consent_erasing") is not ERASING:
            self.sudo()._sheet_filed()._sheet_refuse()
        return super().unlink()

    def _sheet_refuse(self):
        """Raise for documents of the ledger."""
        if self:
            raise UserError(
                self.env._(
                    "“%(file)s” proves a decision in the ledger of consents: it can neither be"
                    " changed nor deleted. Erasing the person deletes it.",
                    file=self[0].name,
                )
            )
