from odoo import api, fields, models
from odoo.fields import Domain

from ...consent.settings import DPO_EMAIL
from ...sheet.fields import flag_domain
from .counted import WHO, count, unused
from .headings import differences, headings
from .settings import IN_CHARGE, OFFICER, REPRESENTATIVE
from .told import told


class CustomerSheetProcessing(models.Model):
    """Something that the organisation does with personal data: an activity of its register.

    **What.**  All activities together are the register of Art. 30 of the GDPR.  People write what
    only they know; the rest (purposes, data, how many people, who reads them, periods, security)
    comes from the database each time it is looked at.

    **How to use.**  :meth:`_now` returns the register as it stands; publishing freezes it in
    ``customer.sheet.processing.version``.
    """

    _name = "customer.sheet.processing"
    _description = "Processing Activity"
    _order = "sequence, id"
    _rec_names_search = ["reference", "name"]

    reference = fields.Char(readonly=True, copy=False)
    name = fields.Char("Activity", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    since = fields.Date("In use since", default=fields.Date.context_today)

    # what the database tells by
    who = fields.Selection(WHO, "Who is counted")
    tables = fields.Text(
        "Tables of the data map",
        help="Their names, such as res.partner, one a line; * stands for anything.",
    )
    purpose_ids = fields.Many2many("customer.sheet.consent.purpose", string="Purposes")
    processor_ids = fields.Many2many("customer.sheet.processor", string="Processors")
    formality_ids = fields.One2many("customer.sheet.formality", "processing_id", "Formalities")

    # what people write
    objectives = fields.Text("What for", translate=True)
    basis_words = fields.Text("Lawful basis", translate=True)
    controllers = fields.Text("Joint controllers", translate=True)
    software = fields.Text("Software", translate=True, help="Beside Odoo: telephony, mailings...")
    people_words = fields.Text("Whose data", translate=True)
    data_words = fields.Text("Which data", translate=True)
    sensitive_words = fields.Text("Sensitive data", translate=True)
    retention_words = fields.Text("How long they are kept", translate=True)
    inside_words = fields.Text("Who sees them in the organisation", translate=True)
    outside_words = fields.Text("Who else receives them", translate=True)
    security_words = fields.Text("Security", translate=True)

    # as the register says it
    is_used = fields.Boolean(
        compute="_compute_is_used", search="_search_is_used", export_string_translation=False
    )
    people = fields.Integer("People today", compute="_compute_people", aggregator=None)
    told = fields.Html("As the register says it", compute="_compute_told")
    news = fields.Selection(
        [("new", "Not published"), ("changed", "Changed since"), ("same", "As published")],
        "Since the last publication",
        compute="_compute_news",
    )
    changes = fields.Html("What has changed", compute="_compute_news")

    @api.depends("reference", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for activity in self:
            activity.display_name = " ".join(filter(None, (activity.reference, activity.name)))

    @api.depends("who")
    def _compute_is_used(self):
        absent = unused(self.env)
        for activity in self:
            activity.is_used = activity.who not in absent

    @api.model
    def _search_is_used(self, operator, value):
        if operator != "in":
            return NotImplemented
        used = Domain("who", "not in", unused(self.env)) | Domain("who", "=", False)
        return flag_domain(used, value)

    # -- the register --------------------------------------------------------------

    @api.depends("who")
    def _compute_people(self):
        for activity in self:
            is_counted = activity.who and activity.is_used
            activity.people = count(self.env, activity.who) if is_counted else 0

    @api.depends_context("lang")
    def _compute_told(self):
        labels = headings(self.env)
        entries = {entry["id"]: entry for entry in told(self.sudo()._origin)}
        for activity in self:
            entry = entries.get(activity._origin.id)
            values = {"entry": entry, "headings": labels}
            activity.told = self._html("told", values) if entry else False

    @api.depends_context("lang")
    def _compute_news(self):
        last, published = self._published()
        known = {each["id"] for each in published["activities"]}
        now = (
            self.sudo()
            .with_context(lang=last.lang or self.env.lang)
            ._origin._content(counted=False)
        )
        for activity in self:
            number = activity._origin.id
            changes = differences(_only(published, number), _only(now, number))
            activity.changes = self._html("changes", {"changes": changes})
            if number not in known:
                activity.news = "new"
            else:
                activity.news = "changed" if changes else "same"

    @api.model
    def _html(self, name, values):
        template = f"crm_customer_sheet.customer_sheet_processing_{name}"
        return self.env["ir.qweb"]._render(template, values)

    @api.model
    def _now(self):
        """Return the register as it stands now: plain values, in the language of the reader."""
        return self.sudo().search([("is_used", "=", True)])._content()

    def _content(self, counted=True):
        """Return these activities as a register; ``counted`` is as :func:`told` takes it."""
        return {
            "title": self.env._("Register of processing activities"),
            "lang": self.env.lang or "en_US",
            "head": self._head(),
            "headings": headings(self.env),
            "activities": told(self, counted),
        }

    @api.model
    def _head(self):
        """Return who the register is of, as ``[[label, text]]``."""
        company, settings = self.env.company.sudo(), self.env["res.config.settings"]
        address = company.partner_id._display_address(without_company=True)
        rows = [
            [self.env._("Organisation"), company.name],
            [self.env._("Address"), ", ".join(filter(None, map(str.strip, address.split("\n"))))],
            [self.env._("E-mail"), company.email],
            [self.env._("Phone"), company.phone],
        ]
        for setting in (IN_CHARGE, REPRESENTATIVE, OFFICER, DPO_EMAIL):
            label = settings._fields[setting.field_name or f"sheet_{setting.name}"]
            rows.append([label._description_string(self.env), setting.value(self.env)])
        return [[label, text] for label, text in rows if text]

    @api.model
    def _published(self):
        """Return the last version that was published, and its register."""
        last = self.env["customer.sheet.processing.version"].sudo().search([], limit=1)
        return last, last.content or {"activities": []}

    @api.model
    def _changes(self, register):
        """Return what differs of a register from the last one published, as HTML."""
        _last, published = self._published()
        return self._html("changes", {"changes": differences(published, register)})

    # -- its life --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number what is new."""
        draw = self.env["ir.sequence"].sudo().next_by_code
        return super().create(
            [{**vals, "reference": draw("customer.sheet.processing")} for vals in vals_list]
        )


def _only(register, number):
    """Return a register with one activity of it."""
    return {**register, "activities": [a for a in register["activities"] if a["id"] == number]}
