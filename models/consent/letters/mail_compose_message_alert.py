from markupsafe import Markup

from odoo import api, fields, models

from ...sheet.fields import HOSTS, SHEET_USER

#: So many people are named; the rest is counted.
MOST_TOLD = 100


class MailComposeMessage(models.TransientModel):
    """Says before sending to many who will not be written to, and why."""

    _inherit = "mail.compose.message"

    sheet_consent_alert = fields.Char(
        compute="_compute_sheet_consent_alert", compute_sudo=False, groups=SHEET_USER
    )
    sheet_consent_refused = fields.Html(
        compute="_compute_sheet_consent_alert",
        compute_sudo=False,
        sanitize=False,
        groups=SHEET_USER,
    )
    sheet_consent_show_refused = fields.Boolean("Show them", groups=SHEET_USER)

    @api.depends("composition_mode", "model", "res_domain", "res_ids", "sheet_consent_purpose_id")
    def _compute_sheet_consent_alert(self):
        for composer in self:
            refused, count = composer._sheet_refused_of_many()
            composer.sheet_consent_alert = composer._sheet_alert_words(len(refused), count)
            composer.sheet_consent_refused = composer._sheet_refused_list(refused)

    def _sheet_refused_of_many(self):
        """Return ``([(record, reasons)], number of records)`` of the selected contacts or leads."""
        purpose = self._sheet_marketing_purpose()
        if not purpose or self.composition_mode != "mass_mail" or self.model not in HOSTS:
            return [], 0
        records = self.env[self.model]
        if self.res_domain:
            records = records.search(self._evaluate_res_domain())
        else:
            records = records.browse(self._evaluate_res_ids())
        sheets = records.filtered_domain(records._sheet_domain())
        answers = sheets._can_contact_batch(purpose.code, "email")
        refused = [
            (record, answers[record.id]["reasons"])
            for record in sheets
            if not answers[record.id]["allowed"]
        ]
        return refused, len(records)

    def _sheet_alert_words(self, refused, count):
        if not refused:
            return False
        return self.env._(
            "%(refused)s of %(count)s may not be contacted for “%(purpose)s”. Their messages will"
            " be cancelled, with the reason.",
            refused=refused,
            count=count,
            purpose=self.sudo().sheet_consent_purpose_id.name,
        )

    def _sheet_refused_list(self, refused):
        """Return the people and the reasons as a list of links that leave the composer open."""
        lines = [
            Markup('<li><a class="text-reset" href="/odoo/%s/%s" target="_blank">%s</a>: %s</li>')
            % (record._name, record.id, record.display_name, " ".join(reasons))
            for record, reasons in refused[:MOST_TOLD]
        ]
        if len(refused) > MOST_TOLD:
            more = self.env._("and %(count)s more", count=len(refused) - MOST_TOLD)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<ul>%s</ul>") % Markup().join(lines) if lines else False
