from odoo import models

#: Lines of a page.
PAGE = 30
MOST = 500


class CustomerSheetMixin(models.AbstractModel):
    """The journal: what has been between this customer and us, newest first.

    It has no table.  Each source is a branch of one statement, under the reader's own rules;
    what an app that is not installed would tell is not asked.
    """

    _inherit = "customer.sheet.mixin"

    def _sheet_circle(self):
        """Return the :class:`source.Circle` of this sheet.

        It holds the company with all its people and their leads, archived ones too, as far as
        the user may read them.
        """
        raise NotImplementedError

    def _sheet_journal(self, before=None, kinds=None, limit=PAGE, person=None, text=""):
        """Return lines of the journal of this customer, the newest first.

        A line is ``{"key", "kind", "kind_label", "at", "is_day", "title", "text", "state",
        "person", "author", "is_own", "model", "id", "about", "amount", "currency_id"}``.

        :param before: the ``key`` of the line after which to go on
        :param kinds: only these, see ``kinds.py``
        :param person: id of a contact: only what concerns that one
        :param text: only what holds this text
        """
        return []
