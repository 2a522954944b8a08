from odoo import api, fields, models, tools
from odoo.fields import Domain

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.called import called
from ...sheet.fields import HOSTS
from .recognisers import columns, paths, recognise

CATEGORIES = [
    ("identity", "Identity and contact details"),
    ("personal", "Personal life"),
    ("professional", "Professional life"),
    ("economic", "Economic and financial"),
    ("connection", "Connection data"),
    ("location", "Location"),
    ("internet", "Use of the website"),
    ("free", "Free text or files"),
    ("other", "Other data about a person"),
    ("none", "No personal data"),
]
PATHS = [
    ("own", "The contact or lead itself"),
    ("pointer", "A field names the person"),
    ("pair", "Names any record by model and number"),
    ("hop", "Belongs to a row that names the person"),
    ("text", "Only its words give a person away"),
]
ON_ERASE = [
    ("delete", "Delete the row"),
    ("empty", "Empty the field"),
    ("replace", "Replace the value"),
    ("cut", "Cut the person out of the text"),
    ("keep", "Keep"),
]
GROUNDS = [
    ("duty", "A law asks for it (GDPR, Art. 17(3)(b))"),
    ("claims", "Proof in case of a dispute (GDPR, Art. 17(3)(e))"),
    ("objection", "So that an objection is honoured"),
]
STATES = [("unknown", "Unknown"), ("proposed", "Proposed"), ("confirmed", "Confirmed")]


class CustomerSheetPlace(models.Model):
    """One column in which personal data can be: what kind, how one gets there, what erasing does.

    **What.**  All places together are the data map: one row for each column of text, JSON or bytes
    that Odoo's registry knows, also those that hold nothing personal.

    **How it works.**  :meth:`_refresh` compares the map with the registry, after every installation
    and every night.  What a person has decided stays; all else is recognised anew.  Columns that
    nobody recognises are *unknown*.  Privacy officers get one activity for what an app brings and
    nobody has decided.
    """

    _name = "customer.sheet.place"
    _description = "Place of Personal Data"
    _order = "state desc, model, field"
    _rec_name = "field"

    model = fields.Char("Table", required=True, readonly=True, index=True)
    field = fields.Char("Column", required=True, readonly=True)
    model_label = fields.Char("Where", compute="_compute_labels")
    field_label = fields.Char("Field", compute="_compute_labels")
    module = fields.Char("App", readonly=True)
    path = fields.Selection(PATHS, "How one gets there", readonly=True)
    category = fields.Selection(CATEGORIES, "What it holds")
    on_erase = fields.Selection(ON_ERASE, "When a person is erased")
    ground = fields.Selection(GROUNDS, "Why it may be kept")
    state = fields.Selection(STATES, default="unknown", required=True)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, ondelete="set null", copy=False
    )
    decided_on = fields.Datetime(readonly=True, copy=False)

    _place_unique = models.Constraint("UNIQUE (model, field)", "There is one line for each field.")
    _kept_has_ground = models.Constraint(
        "CHECK (on_erase IS DISTINCT FROM 'keep' OR ground IS NOT NULL OR state <> 'confirmed')",
        "Say why it may be kept when a person asks to be erased.",
    )
    _confirmed_has_category = models.Constraint(
        "CHECK (state <> 'confirmed' OR category IS NOT NULL)",
        "Say what the field holds before you confirm it.",
    )

    @api.depends("model", "field")
    @api.depends_context("lang")
    def _compute_labels(self):
        for place in self:
            model = self.env.get(place.model)
            field = model._fields.get(place.field) if model is not None else None
            name = self.env["ir.model"]._get(place.model).name if model is not None else ""
            place.model_label = name or place.model
            place.field_label = field._description_string(self.env) if field else place.field

    def write(self, vals):
        if not self.env.su:
            vals = {**vals, "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
        return super().write(vals)

    @called()
    def action_confirm(self):
        """Confirm what the chosen places say."""
        self.write({"state": "confirmed"})

    @called()
    def action_none(self):
        """Note that the chosen places hold nothing about a person."""
        self.write({"category": "none", "on_erase": False, "ground": False, "state": "confirmed"})

    # -- kept up to date -------------------------------------------------------

    def _register_hook(self):
        super()._register_hook()
        if self.pool.updated_modules:  # an installation, and not any worker that starts
            self.sudo()._refresh()

    @api.model
    def _refresh(self):
        """Bring the map up to date with the registry; tell of columns that nobody knows."""
        known = {(place.model, place.field): place for place in self.search(Domain.TRUE)}
        is_first, new = not known, []
        where = paths(self.env, HOSTS)
        for model, field in columns(self.env):
            place = known.pop((model._name, field.name), None)
            vals = self._recognised(model, field, where[model._name])
            if place is None:
                new.append({"model": model._name, "field": field.name, **vals})
            elif not place.decided_by_id and any(place[name] != vals[name] for name in vals):
                place.write(vals)
        self.union(*known.values()).unlink()
        undecided = self.create(new).filtered(lambda place: place._is_to_decide())
        if undecided and not is_first:
            self._tell_of(undecided)

    def _is_to_decide(self):
        """Return whether nobody has said of a place with words about a person what it holds."""
        return self.state != "confirmed" and self.category != "none"

    @api.model
    def _recognised(self, model, field, path):
        at_home = self._known_apps() | {model._original_module}
        is_foreign = at_home.isdisjoint(field._modules or ())
        guess = recognise(self.env, model, field, path, is_foreign=is_foreign)
        return {
            "path": path,
            "module": next(iter(field._modules or ()), False) or model._original_module,
            **{name: value or False for name, value in guess._asdict().items()},
        }

    @api.model
    @tools.ormcache()
    def _known_apps(self):
        """Return the apps all of whose fields were looked at: ours, and what it stands on."""
        mine = self.env["ir.module.module"].sudo().search([("name", "=", self._original_module)])
        below = mine.upstream_dependencies(exclude_states=("uninstallable",))
        return frozenset((mine | below).mapped("name"))

    @api.model
    def _tell_of(self, places):
        """Give each privacy officer one activity for places of which nobody has decided."""
        summary = self.env._("Say what new fields hold: %(count)s", count=len(places))
        note = self.env._(
            "An app has brought fields in which personal data can be. Open Customer Data >"
            " Privacy > Data Map and say for each what it holds: %(fields)s",
            fields=", ".join(f"{place.model}.{place.field}" for place in places[:50]),
        )
        officers = self.env.ref(PRIVACY_OFFICER).user_ids.filtered(lambda user: not user.share)
        self.env["mail.activity"].create(
            [{"summary": summary, "note": note, "user_id": user.id} for user in officers]
        )

    # -- for whoever asks the map ------------------------------------------------

    @api.model
    def _personal(self):
        """Return the ``(model, field)`` that the map knows to hold personal data."""
        known = self.sudo().search([("category", "not in", (False, "none"))])
        return {(place.model, place.field) for place in known}
