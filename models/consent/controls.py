from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..sheet.controls.control import Control, Finding
from .ledger.words import PRIVACY_OFFICER
from .settings import DPO_EMAIL, OBJECTION_ADDRESS, OBJECTION_PHONE

#: Who writes notices and purposes.
BOTH = f"crm_customer_sheet.group_sheet_manager,{PRIVACY_OFFICER}"
SETTINGS = "crm.crm_config_settings_action"
#: The ledger is verified every month.
MOST_DAYS = timedelta(days=35)


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        def control(code, title, why, fix, who=BOTH):
            return Control(code, "privacy", title, why, fix, who, room="consent")

        return [
            *super()._controls(),
            control(
                "purposes",
                self.env._("Every purpose says what is done with the data"),
                self.env._("People can only agree to what they were told."),
                "customer_sheet_consent_purpose_action",
            ),
            control(
                "retention",
                self.env._("Every purpose says how long data are kept, and why so long"),
                self.env._("Data may not be kept for ever."),
                "customer_sheet_consent_purpose_action",
            ),
            control(
                "notices",
                self.env._("Every purpose has a notice in force"),
                self.env._("Without it nobody was informed, and no consent counts."),
                "customer_sheet_consent_notice_action",
            ),
            control(
                "ledger",
                self.env._("Every decision is traced, and the ledger was verified"),
                self.env._("A consent that cannot be proved is none."),
                "customer_sheet_consent_seal_action",
                PRIVACY_OFFICER,
            ),
            control(
                "officer",
                self.env._("A privacy officer is named, with an address"),
                self.env._("People and authorities must know whom to write to."),
                SETTINGS,
                "base.group_system",
            ),
            control(
                "objection",
                self.env._("Who is called or written to knows where to object"),
                self.env._("Objecting must be as easy as being called, and cost nothing."),
                SETTINGS,
                "base.group_system",
            ),
        ]

    @api.model
    def _purposes(self, wanted):
        """Return the active purposes that lack something."""
        return self.env["customer.sheet.consent.purpose"].search(Domain.TRUE).filtered(wanted)

    def _named(self, records):
        """Return the finding that these records lack what is asked.

        Named are those that the reader may see; in what is kept every night, those of everybody.
        """
        seen = records.with_user(self.env.uid)._filtered_access("read")
        if self.env.uid == SUPERUSER_ID and "company_id" in records._fields:
            seen = seen.filtered(lambda record: not record.company_id)
        names = ", ".join([*seen.mapped("name"), *(["…"] if records - seen else [])])
        return Finding(not records, names and self.env._("Lacking: %(names)s.", names=names))

    def _check_purposes(self):
        return self._named(self._purposes(lambda purpose: not purpose.description))

    def _check_retention(self):
        return self._named(
            self._purposes(lambda each: not (each.retention_months and each.retention_source))
        )

    def _check_notices(self):
        lang = self.env.lang or "en_US"
        return self._named(
            self._purposes(lambda each: not (each.notice_id and each.notice_id._in_force(lang)))
        )

    def _check_ledger(self):
        check = self.env["customer.sheet.consent.check"].search(
            [("state", "in", ("holds", "broken"))], limit=1
        )
        if not check:
            is_empty = not self.env["customer.sheet.consent.event"].search_count([], limit=1)
            return Finding(is_empty, self.env._("Nothing was verified yet."))
        day = format_date(self.env, check.started_on)
        if check.state == "broken":
            return Finding(False, self.env._("It did not hold on %(day)s.", day=day))
        is_fresh = check.started_on > fields.Datetime.now() - MOST_DAYS
        return Finding(is_fresh, self.env._("It held on %(day)s.", day=day))

    def _check_officer(self):
        group = self.env.ref(PRIVACY_OFFICER)
        named = [("share", "=", False), ("all_group_ids", "in", group.ids)]
        count = self.env["res.users"].search_count(named)
        said = {"count": count, "address": DPO_EMAIL.value(self.env) or "–"}
        return Finding(
            bool(count and DPO_EMAIL.value(self.env)),
            self.env._("People: %(count)s; %(address)s", **said),
        )

    def _check_objection(self):
        places = (OBJECTION_PHONE.value(self.env), OBJECTION_ADDRESS.value(self.env))
        return Finding(any(places), ", ".join(filter(None, places)))
