from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.sheet import takes
from ...models.sheet.called import called


class CustomerSheetConsentPublish(models.TransientModel):
    """Shows what a notice seems to lack and whom it affects, then publishes it.

    It warns and never blocks: whether a notice is complete is for a lawyer to say.
    """

    _name = "customer.sheet.consent.publish"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Publish a Notice"

    version_id = fields.Many2one(
        "customer.sheet.consent.notice.version", required=True, ondelete="cascade", readonly=True
    )
    checklist = fields.Html(related="version_id.checklist", related_sudo=False)
    missing_count = fields.Integer(related="version_id.missing_count", related_sudo=False)
    preview = fields.Html(related="version_id.preview", related_sudo=False)
    is_first = fields.Boolean(compute="_compute_is_first")
    change_kind = fields.Selection(
        [("wording", "Wording only"), ("material", "Material")],
        "What kind of change is it?",
        help="Material: purposes, recipients or rights change, so that earlier consents were"
        " given to something else.",
    )
    change_note = fields.Char("What changed")
    valid_from = fields.Datetime(
        "In force from", help="Leave empty: from the moment it is published."
    )
    is_backdated = fields.Boolean(compute="_compute_is_backdated")
    affected_count = fields.Integer("Consents affected", compute="_compute_affected_count")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        version = self.env["customer.sheet.consent.notice.version"].browse(
            filter(
                takes.is_id,
                [values.get("version_id") or self.env.context.get("default_version_id")],
            )
        )
        if version.exists():
            values |= {"valid_from": version.valid_from, "change_note": version.change_note}
        return values

    @api.depends("version_id")
    def _compute_is_first(self):
        for wizard in self:
            timeline = wizard.version_id.notice_id._timeline() if wizard.version_id else ()
            wizard.is_first = all(lang != wizard.version_id.lang for lang, _from, _id in timeline)

    @api.depends("valid_from")
    def _compute_is_backdated(self):
        for wizard in self:
            at = wizard.valid_from
            wizard.is_backdated = bool(at and at < fields.Datetime.now())

    @api.depends("version_id", "change_kind")
    def _compute_affected_count(self):
        states = self.env["customer.sheet.consent.state"].sudo()
        for wizard in self:
            material = wizard.version_id and wizard.change_kind == "material"
            domain = wizard.version_id._affected_domain() if material else None
            wizard.affected_count = states.search_count(domain) if material else 0

    @called(one=True)
    def action_publish(self):
        """Freeze the text and put it in force."""
        self.version_id.check_access("write")
        if not self.is_first and not self.change_kind:
            raise UserError(
                self.env._(
                    "“%(field)s” has no answer. It decides whether earlier consents still cover"
                    " what you do.",
                    field=self._fields["change_kind"]._description_string(self.env),
                )
            )
        self.version_id._publish(
            change_kind=not self.is_first and self.change_kind,
            change_note=self.change_note,
            valid_from=self.valid_from,
        )
        return self.version_id._form_action()

    @called(one=True)
    def action_open_affected(self):
        """Open the consents in force that this change affects."""
        return self.version_id.action_open_affected()
