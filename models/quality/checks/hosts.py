import json

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.text import written_number
from ...sheet.fields import SHEET_FIELD
from ...sheet.life import NEW
from ..corrections.proposals import only_separators_differ, proposals
from . import checks
from .fields import CHECKED, reason, status

#: Columns that one check of a record fills.
RESULTS = [
    *(f"sheet_{kind}_{part}" for kind in checks.KINDS for part in ("status", "reason")),
    "sheet_status",
    "sheet_proposals",
]

#: What search views list: a few of all records, which one small index finds for every kind.
STATUS_COLUMNS = [f"sheet_{kind}_status" for kind in checks.KINDS]
FINDINGS = " OR ".join(f"{name} IN ('doubtful', 'invalid')" for name in STATUS_COLUMNS)

#: Facts of a whole company: Odoo copies them to its people, who must not count again.
COMPANY_FACTS = {"registry", "vat"}


class CustomerSheetMixin(models.AbstractModel):
    """Whether contact points and company ids can be trusted (A11, C3), and why not.

    Each host says where its values are (``_sheet_quality_sources``) and gives the facts of a
    record twice: from the record itself and as SQL, for sets.
    """

    _inherit = "customer.sheet.mixin"

    sheet_email_status = status("E-mail status")
    sheet_email_reason = reason("E-mail: reason", "email")
    sheet_phone_status = status("Phone status")
    sheet_phone_reason = reason("Phone: reason", "phone")
    sheet_phone2_status = status("Second phone status")
    sheet_phone2_reason = reason("Second phone: reason", "phone2")
    sheet_registry_status = status("Company ID status")
    sheet_registry_reason = reason("Company ID: reason", "registry")
    sheet_vat_status = status("VAT number status")
    sheet_vat_reason = reason("VAT number: reason", "vat")
    sheet_status = fields.Selection(
        [("unchecked", "Not verified"), ("doubtful", "Doubtful"), ("verified", "Verified")],
        "Sheet status",
        **CHECKED,
    )
    sheet_proposals = fields.Json("Suggested corrections", **CHECKED)
    sheet_checked_on = fields.Datetime("Checked on", **CHECKED)
    sheet_kept = fields.Json("Kept as typed", copy=False, readonly=True, **SHEET_FIELD)
    sheet_register_said = fields.Json(
        "What registers said",
        copy=False,
        readonly=True,
        help="By kind of number (company, vat): which number, when, what was said of it.",
        **SHEET_FIELD,
    )

    _sheet_findings_index = models.Index(f"({', '.join(STATUS_COLUMNS)}) WHERE {FINDINGS}")
    _sheet_status_index = models.Index("(sheet_status) WHERE sheet_status <> 'unchecked'")
    _sheet_proposals_index = models.Index("(id) WHERE sheet_proposals IS NOT NULL")

    # -- what a host says --------------------------------------------------

    @api.model
    def _sheet_quality_sources(self):
        """Return ``{role: field}``: where the host holds what :class:`checks.CheckFacts` names."""
        return {}

    @api.model
    def _sheet_quality_depends(self):
        """Return the fields whose change may change a verdict or a proposal."""
        own = ["country_id", "company_id", "message_bounce", "sheet_legal_form_id"]
        more = ["sheet_kept", "sheet_verified_on", "sheet_register_said"]
        return [] if self._abstract else [*self._sheet_quality_sources().values(), *own, *more]

    @api.model
    def _sheet_own_statuses(self):
        """Return ``{field: status field}`` of the values that are checked."""
        sources = self._sheet_quality_sources()
        return {sources[kind]: f"sheet_{kind}_status" for kind in checks.KINDS if kind in sources}

    @api.model
    def _sheet_status_of(self, name, status):
        """Let each of two numbers have its own status, whichever the question names."""
        return self._sheet_own_statuses().get(name) or super()._sheet_status_of(name, status)

    @api.model
    def _sheet_static_depends(self):
        return [*super()._sheet_static_depends(), *self._sheet_own_statuses().values()]

    def _sheet_quality_facts(self):
        """Return the :class:`checks.CheckFacts` of one record."""
        sources = self._sheet_quality_sources()
        return checks.CheckFacts(
            **{role: self[name] or "" for role, name in sources.items()},
            country=self.country_id.code or "",
            fallback=self._sheet_company_country_code(),
            bounces=self.message_bounce,
            legal_form=bool(self.sheet_legal_form_id),
        )

    def _sheet_company_country_code(self):
        """Return the code of the country of the company, as its card says, or ``""``.

        A record of all companies is read as one of its creator's, whoever saves or checks it.
        """
        creator = self.create_uid if self._origin else self.env.user
        return self.env["res.company"]._sheet_country_code(self.company_id.id, creator.id)

    # -- checking ----------------------------------------------------------

    @api.depends(lambda self: self._sheet_quality_depends())
    def _compute_sheet_quality(self):
        facts = [record._sheet_quality_facts() for record in self]
        domains = self.env["customer.sheet.email.domain"]._facts_of(facts)
        self.sheet_checked_on = self.env.cr.now()
        judged = [
            self._sheet_judge(known, domains, record._sheet_quality_memory())
            for record, known in zip(self, facts, strict=True)
        ]
        for name in RESULTS:
            self._sheet_assign(name, [results[name] for results in judged])

    def _sheet_assign(self, name, values):
        """Give each record its value of a result, at once those that have the same, as most do.

        A value that stays is not assigned another in between, which would have it saved again.
        """
        groups = {}
        for record, value in zip(self, values, strict=True):
            groups.setdefault(json.dumps(value), (value, []))[1].append(record.id)
        for value, ids in groups.values():
            self.browse(ids)[name] = value

    def _sheet_quality_memory(self):
        return {
            "kept": self.sheet_kept,
            "verified": bool(self.sheet_verified_on),
            "said": self.sheet_register_said,
        }

    @api.model
    def _sheet_judge(self, facts, domains, memory):
        """Return ``{column: value}`` of :data:`RESULTS` for the facts of one record.

        :param memory: what people decided, as :meth:`_sheet_quality_memory` gives it
        """
        found = checks.verdicts(facts, domains, memory["said"])
        result = dict.fromkeys(RESULTS, False)
        for kind, verdict in found.items():
            result[f"sheet_{kind}_status"] = verdict.status
            result[f"sheet_{kind}_reason"] = verdict.reason or False
        result["sheet_status"] = checks.overall(found, memory["verified"])
        result["sheet_proposals"] = self._sheet_named_proposals(facts, found, memory["kept"])
        return result

    @api.model
    def _sheet_named_proposals(self, facts, found, kept):
        """Return the open proposals as ``[{"code", "values": {field: value}}]``, or ``False``."""
        sources = self._sheet_quality_sources()
        forms = self.env["customer.sheet.option"]._ids_by_code("legal_form")
        named = []
        for code, better in proposals(facts, found):
            values = {sources[role]: text for role, text in better.items() if role in sources}
            if "legal_form" in better:
                values["sheet_legal_form_id"] = forms.get(better["legal_form"])
            if all(values.values()) and (kept or {}).get(code) != values:
                named.append({"code": code, "values": values})
        return named or False

    # -- storing numbers in one form ---------------------------------------

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "numbers": {NEW, *self._sheet_number_fields()}}

    @api.model
    def _sheet_number_fields(self):
        """Return the fields whose numbers are stored without what a program added to them."""
        sources = self._sheet_quality_sources()
        return {sources[role] for role in checks.NUMBERS if role in sources}

    def _sheet_prepare_numbers(self, change):
        """Store numbers as meant: no ".0" of a program, valid company ids without separators (C4).

        Nothing else is touched.
        """
        for vals in change.vals_list:
            self._sheet_tidy_numbers(vals)

    def _sheet_tidy_numbers(self, vals):
        for name in self._sheet_number_fields().intersection(vals):
            if vals[name] and isinstance(vals[name], str | float | int) and vals[name] is not True:
                vals[name] = written_number.to_store(vals[name])
        for kind in ("registry", "vat"):
            name = self._sheet_quality_sources().get(kind)
            if isinstance(vals.get(name), str) and vals[name]:
                vals[name] = self._sheet_compact_id(kind, vals[name], vals)

    def _sheet_compact_id(self, kind, typed, vals):
        """Return a valid company id without separators, any other text as it is."""
        country = self._sheet_country_of(vals) or self.country_id
        code = country.code if len(country) == 1 else self[:1]._sheet_company_country_code()
        verdict = checks.verdict(kind, checks.CheckFacts(**{kind: typed}, country=code or ""), {})
        compact = verdict.value and only_separators_differ(typed, verdict.value)
        return verdict.value if compact else typed

    @api.model
    def _sheet_country_of(self, vals):
        """Return the country in values, which Odoo also accepts as a record (merge of leads)."""
        return self.env["res.country"].browse(int(vals.get("country_id") or 0) or ())


class ResPartner(models.Model):
    """Where a contact holds what is checked."""

    _inherit = "res.partner"

    @api.model
    def _sheet_quality_sources(self):
        return {
            "email": "email",
            "phone": "phone",
            "phone2": "sheet_phone2",
            "registry": "company_registry",
            "vat": "vat",
            "company_name": "name",
            "person_name": "name",
            "city": "city",
            "zip": "zip",
        }

    @api.model
    def _sheet_quality_depends(self):
        return ["is_company", "commercial_partner_id", *super()._sheet_quality_depends()]

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "cards": {"country_id"}}

    def _sheet_saved_cards(self, change):
        if not self.env["res.company"]._sheet_card_ids().isdisjoint(self._ids):
            self.env.registry.clear_cache()

    def _sheet_quality_facts(self):
        """Leave out the name of the other kind, and a company's ids on its people."""
        facts = super()._sheet_quality_facts()
        dropped = {"person_name" if self.is_company else "company_name"}
        if self.commercial_partner_id._origin != self._origin:
            dropped |= COMPANY_FACTS
        return facts._replace(**dict.fromkeys(dropped, ""))

    @api.model
    def _sheet_fact_sql(self, role, column):
        if role in COMPANY_FACTS:
            return SQL(
                "CASE WHEN res_partner.commercial_partner_id = res_partner.id THEN %s END", column
            )
        if role == "company_name":
            return SQL("CASE WHEN res_partner.is_company THEN %s END", column)
        if role == "person_name":
            return SQL("CASE WHEN res_partner.is_company IS NOT TRUE THEN %s END", column)
        return column

    @api.model
    def _sheet_main_contact_reads(self):
        """A company's main contact answers for it only where the answer is not invalid."""
        return {*super()._sheet_main_contact_reads(), "country_id", "company_id", "message_bounce"}


class CrmLead(models.Model):
    """Where a lead holds what is checked."""

    _inherit = "crm.lead"

    @api.model
    def _sheet_quality_sources(self):
        return {
            "email": "email_from",
            "phone": "phone",
            "phone2": "sheet_phone2",
            "registry": "sheet_company_registry",
            "vat": "sheet_vat",
            "company_name": "partner_name",
            "person_name": "contact_name",
            "city": "city",
            "zip": "zip",
        }

    @api.model
    def _sheet_free_lines(self):
        return {"name", "sheet_need"}
