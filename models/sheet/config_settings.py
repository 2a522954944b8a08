from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from .called import called
from .settings import Setting


def is_filter(text):
    """Return whether this text is a domain."""
    try:
        Domain(safe_eval(text))
    except Exception:  # noqa: BLE001 (whatever was typed is no filter)
        return False
    return True


def contact_filter(env, text):
    """Return the domain that this text is, or none at all if no contact can be found by it."""
    try:
        domain = Domain(safe_eval(text))
        _find_one(env, domain)
    except Exception:  # noqa: BLE001 (whatever was typed is no filter)
        return Domain.FALSE
    return domain


def _find_one(env, domain):
    with env.cr.savepoint(flush=False):  # a value of another kind may fail in the database only
        env["res.partner"].search_count(domain, limit=1)


CONTACTS = Setting(
    "sheet_domain",
    "char",
    "Contacts with a sheet",
    default="[('type', '=', 'contact'), ('partner_share', '=', True)]",
    usable=is_filter,
    field_name="sheet_domain",
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_failing_chores = fields.Char("Failing", compute="_compute_sheet_failing_chores")
    sheet_domain = CONTACTS.field()

    sheet_sector_ids = fields.Many2many(
        "customer.sheet.option",
        string="Sectors in use",
        domain="[('kind', '=', 'sector')]",
        context={"active_test": False},
        default=lambda self: self._default_sheet_sector_ids(),
    )

    def _compute_sheet_failing_chores(self):
        failing = self.env["customer.sheet.chore"].sudo().search([("failed_on", "!=", False)])
        self.sheet_failing_chores = ", ".join(failing.mapped("name"))

    def _default_sheet_sector_ids(self):
        return self.env["customer.sheet.option"].search([("kind", "=", "sector")])

    @api.constrains("sheet_domain")
    def _check_sheet_domain(self):
        for settings in self.filtered("sheet_domain"):
            try:
                domain = Domain(safe_eval(settings.sheet_domain))
                stored = all(map(settings._is_stored_on_contact, domain.iter_conditions()))
                if stored:
                    _find_one(self.env, domain)
            except Exception as error:  # noqa: BLE001 (whatever was typed is the user's mistake)
                raise ValidationError(
                    self.env._("“Contacts with a sheet” is not a valid filter: %s", error)
                ) from error
            if not stored:
                raise ValidationError(
                    self.env._(
                        "“Contacts with a sheet” may only use stored fields of the contact itself."
                    )
                )

    def _is_stored_on_contact(self, condition):
        field = self.env["res.partner"]._fields.get(condition.field_expr)
        return field is not None and field.store and not field.name.startswith("sheet_")

    def set_values(self):
        before = self.env["res.partner"]._sheet_domain()
        result = super().set_values()
        self._set_sheet_sectors()
        if list(before) != list(self.env["res.partner"]._sheet_domain()):
            self.env["customer.sheet.catalogue.version"]._request_refresh()
        return result

    def _set_sheet_sectors(self):
        options = self.env["customer.sheet.option"].with_context(active_test=False)
        for sector in options.search([("kind", "=", "sector")]):
            if sector.active != (sector in self.sheet_sector_ids):
                sector.active = not sector.active

    @called()
    def action_sheet_refresh(self):
        """Recompute every sheet in the background."""
        self.env["customer.sheet.catalogue.version"]._request_refresh()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_catalogue_version_action"
        )
