from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.fields import HOSTS, SHEET_FIELD
from ...sheet.resumable import go_on

#: Rows whose clock is started, or stopped, in one transaction.
BATCH = 5000
#: The purpose whose notice people are given.
PURPOSE = "prospecting"


class CustomerSheetMixin(models.AbstractModel):
    """Whoever did not give us their data is told where we have them from (GDPR, Art. 14).

    **How it works.**  A source of contacts may not be the person (``is_indirect``).  Every night
    the clock of new sheets from such a source is started: a month from their creation.  The first
    message that reaches the person carries a link to the notice, and stops the clock; so does
    whatever the ledger says that they have read since.
    """

    _inherit = "customer.sheet.mixin"

    sheet_inform_by = fields.Date(
        "Inform until", readonly=True, copy=False, index="btree_not_null", **SHEET_FIELD
    )
    sheet_informed_on = fields.Datetime("Informed on", readonly=True, copy=False, **SHEET_FIELD)

    @api.model
    def _sheet_protected_fields(self):
        return super()._sheet_protected_fields() | {"sheet_inform_by", "sheet_informed_on"}

    # -- who is to be informed -----------------------------------------------------------

    @api.model
    def _sheet_inform_domain(self):
        """Return the domain of the sheets whose clock runs."""
        running = Domain("sheet_inform_by", "!=", False) & Domain("sheet_informed_on", "=", False)
        return running & self._sheet_used_domain()

    @api.model
    def _sheet_uninformed_sql(self, alias):
        """Return the SQL condition that a person did not give us their data, and knows nothing."""
        return SQL(
            "%s = ANY(%s) AND %s IS NULL AND %s AND %s",
            SQL.identifier(alias, "sheet_source_id"),
            list(self.env["customer.sheet.option"]._indirect_ids()),
            SQL.identifier(alias, "sheet_informed_on"),
            self._sheet_person_sql(alias),
            self._sheet_used_sql(alias),
        )

    @api.model
    def _sheet_person_sql(self, alias):
        """Return the SQL condition that a sheet is about a person, and about no other sheet's."""
        raise NotImplementedError

    # -- the clock -------------------------------------------------------------------------

    @api.model
    def _sheet_clocks(self):
        """Start and stop the clocks of the next sheets; return how many there were."""
        self.env.flush_all()
        return max(self._sheet_stop_told(), self._sheet_start_clocks(), self._sheet_stop_clocks())

    @api.model
    def _sheet_start_clocks(self):
        """Start the clock of new sheets: a month from the day on which we got the data."""
        return self._sheet_clock(
            SQL("(create_date + interval '1 month')::date"),
            SQL("h.sheet_inform_by IS NULL AND %s", self._sheet_uninformed_sql("h")),
        )

    @api.model
    def _sheet_stop_clocks(self):
        """Stop the clock where it turns out that the person gave us their data."""
        return self._sheet_clock(
            SQL("NULL"),
            SQL(
                "h.sheet_inform_by IS NOT NULL AND h.sheet_informed_on IS NULL AND NOT (%s)",
                self._sheet_uninformed_sql("h"),
            ),
        )

    @api.model
    def _sheet_clock(self, value, condition):
        """Write until when people are to be informed; write dates stay as they are."""
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET sheet_inform_by = %(value)s"
                " WHERE id IN (SELECT h.id FROM %(table)s h WHERE %(condition)s LIMIT %(most)s)",
                table=SQL.identifier(self._table),
                value=value,
                condition=condition,
                most=BATCH,
            )
        )
        self.invalidate_model(["sheet_inform_by"], flush=False)
        return self.env.cr.rowcount

    @api.model
    def _sheet_stop_told(self):
        """Stop the clock of people who have read a notice since, as the ledger says."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET sheet_informed_on = told.at
                  FROM (SELECT h.id, min(e.effective_at) AS at
                          FROM %(table)s h
                          JOIN customer_sheet_consent_subject_link l ON %(owner)s
                          JOIN customer_sheet_consent_event e
                            ON e.subject_id IN (l.subject_id, l.root_id)
                         WHERE h.sheet_inform_by IS NOT NULL
                           AND h.sheet_informed_on IS NULL
                           AND e.notice_version_id IS NOT NULL
                           AND (e.state = 'informed' OR e.actor_kind = 'subject')
                      GROUP BY h.id
                         LIMIT %(most)s) told
                 WHERE told.id = %(table)s.id
                """,
                table=SQL.identifier(self._table),
                owner=self._sheet_consent_owner_sql("h", "l"),
                most=BATCH,
            )
        )
        self.invalidate_model(["sheet_informed_on"], flush=False)
        return self.env.cr.rowcount

    # -- informing -----------------------------------------------------------------------------

    def _sheet_inform_notice(self):
        """Return the version of the notice that this person is given, or an empty recordset."""
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(PURPOSE).sudo()
        return purpose.notice_id._in_force(
            self._sheet_consent_lang(), country=self._sheet_consent_country()
        )

    def _sheet_inform_source(self):
        """Return the name of the source in the person's language."""
        return self.sudo().with_context(lang=self._sheet_consent_lang()).sheet_source_id.name or ""

    def _sheet_inform_by_mail(self):
        """Queue a message with the notice to each of these people; what is sent stops the clock.

        :raise UserError: where no notice is in force
        """
        template = self.env.ref("crm_customer_sheet.mail_template_information").sudo()
        groups, mails = {}, []
        for sheet in self:
            company = sheet.company_id or self.env.company
            notice = sheet._sheet_inform_notice()
            if not notice:
                raise UserError(
                    self.env._("Publish a notice first: Customer Data > Privacy > Notices.")
                )
            words = (notice, sheet._sheet_inform_source(), sheet._sheet_consent_lang(), company)
            groups.setdefault(words, []).append(sheet)
        for (notice, source, lang, company), sheets in groups.items():
            told = template.with_context(lang=lang, sheet_url=notice.url, sheet_source=source)
            values = {
                name: told._render_field(name, company.ids)[company.id]
                for name in ("subject", "body_html", "email_from")
            }
            mails += [
                {
                    **values,
                    "body": values["body_html"],
                    "email_to": sheet.email_normalized,
                    "model": sheet._name,
                    "res_id": sheet.id,
                    "author_id": self.env.ref("base.partner_root").id,
                    "is_notification": True,
                    "message_type": "auto_comment",
                }
                for sheet in sheets
            ]
        self.env["mail.mail"].sudo().create(mails)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _sheet_informed(self, method, words, **evidence):
        """Note in the ledger that these people were informed, and stop their clocks.

        :param method: how, as the ledger names it
        :param words: what they were told
        """
        channel = "email" if method == "email" else False
        decision = {"purpose": PURPOSE, "channel": channel, "state": "informed"}
        self._sheet_consent_record([decision], method=method, label=words, **evidence)
        at = fields.Datetime.to_datetime(evidence.get("effective_at")) or fields.Datetime.now()
        self._sheet_stamp({"sheet_informed_on": at})


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _sheet_person_sql(self, alias):
        return SQL(
            "%s AND NOT COALESCE(%s, FALSE)",
            SQL.identifier(alias, "active"),
            SQL.identifier(alias, "is_company"),
        )

    @api.model
    def _cron_sheet_inform(self):
        """Start and stop the clocks of all sheets; resumes where it was."""

        def step():
            done = max(self.env[host].sudo()._sheet_clocks() for host in HOSTS)
            return done, int(done == BATCH)

        return go_on(self.env, step)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _sheet_person_sql(self, alias):
        """Return the condition: whoever is a contact is informed as that contact."""
        return SQL(
            """%s AND COALESCE(%s, %s, %s, '') <> ''
               AND NOT EXISTS (SELECT FROM res_partner c
                                WHERE c.id = %s AND NOT COALESCE(c.is_company, FALSE))""",
            SQL.identifier(alias, "active"),
            SQL.identifier(alias, "contact_name"),
            SQL.identifier(alias, "email_from"),
            SQL.identifier(alias, "phone"),
            SQL.identifier(alias, "partner_id"),
        )
