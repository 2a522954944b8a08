from odoo import fields, models
from odoo.tools import format_amount, format_date

from ...sheet.called import called
from ...sheet.known import known_of

#: So many changes are told; the others are counted.
FEW = 3

#: So many lines of the journal are looked through for what is new.
LOOKED_THROUGH = 100

#: What the journal tells of itself: the stage and the owner.
IN_JOURNAL = ("stage_id", "user_id")


class CustomerSheetMixin(models.AbstractModel):
    """What has changed since the user looked last."""

    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def sheet_brief_looked(self):
        """Note that the user has looked at the brief: the next one says what has changed since."""
        self._sheet_check_access("read")
        self.env["customer.sheet.look"].sudo()._note(self)

    def _sheet_brief_changes(self):
        """Return what others have changed since the user looked last, the newest first.

        :return: ``{"since", "count", "items": [{"at", "what", "text", "by"}]}``; ``False`` the
            first time
        """
        known = known_of(self)
        since = known.told("brief_look").get("since")
        if not since:
            return False
        since, now = since.replace("T", " ")[:19], str(fields.Datetime.now())
        told = [
            {
                "at": line["at"],
                "what": line["kind_label"],
                "text": line["title"] or line["text"] or "",
                "by": (line["author"] or {}).get("name", ""),
            }
            for line in self._sheet_journal(limit=LOOKED_THROUGH)
            if since < str(line["at"])[:19] <= now and not line["is_own"]
        ]
        changed = known.told("brief_changes").items()
        told += [
            self._sheet_brief_change(self._fields[name], facts)
            for name, facts in changed
            if name not in IN_JOURNAL
            and name in self._fields
            and self._has_field_access(self._fields[name], "read")
        ]
        told.sort(key=lambda each: str(each["at"]), reverse=True)
        return {"since": since, "count": len(told), "items": told[:FEW]}

    def _sheet_brief_change(self, field, facts):
        """Return what has become of a field, from what Odoo has noted of its change."""
        text, number = facts["text"], facts["number"]
        if field.type == "monetary":
            text = format_amount(self.env, number or 0, self.sudo().sheet_currency_id)
        elif field.type in ("date", "datetime"):
            text = format_date(self.env, facts["day"])
        elif not text and number:
            text = f"{number:g}"
        return {
            "at": facts["at"].replace("T", " ")[:19],
            "what": field._description_string(self.env),
            "text": text or "–",
            "by": facts["by"] or "",
        }
