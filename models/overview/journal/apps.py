"""Sources in Odoo and its apps: what is not installed is not read."""

from dataclasses import dataclass

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from .circle import LEADS, PEOPLE, is_one_of, search_hanging
from .table import Table

ORDERS = ("partner_id", "opportunity_id")


@dataclass(frozen=True)
class Meetings(Table):
    """Meetings that have been, or should have been.  Private ones only for those who were there."""

    def _where(self, model, asked):
        now = fields.Datetime.now()
        return super()._where(model, asked) & Domain(self.at, "<=", now) & self._not_private(model)

    def _not_private(self, model):
        me = SQL("SELECT partner_id FROM res_users WHERE id = %s", model.env.uid)
        mine = Domain("user_id", "=", model.env.uid) | Domain("partner_ids", "any", me)
        quiet = SQL(
            "SELECT user_id FROM res_users_settings WHERE calendar_default_privacy = 'private'"
        )
        by_habit = Domain("privacy", "=", False) & Domain("user_id", "any", quiet)
        return mine | ~(Domain("privacy", "=", "private") | by_habit)

    def columns(self, model, query):
        """One that takes whole days has no hour: Odoo keeps one that stands for none."""
        columns = super().columns(model, query)
        if not self._reads(model, "allday"):
            return columns
        is_day = SQL("(%s IS TRUE)", model._field_to_sql(query.table, "allday", query))
        day = model._field_to_sql(query.table, "start_date", query)
        at = SQL("CASE WHEN %s THEN %s::timestamp ELSE %s END", is_day, day, columns["at"])
        return {**columns, "is_day": is_day, "at": at}

    def state_sql(self, model, query):
        """Held, or missed: called off, or declined by all of the customer's."""
        event = SQL.identifier(query.table, "id")
        customers = SQL(
            "FROM calendar_attendee a WHERE a.event_id = %s AND a.partner_id IN (%s)",
            event,
            PEOPLE,
        )
        missed = SQL(
            "EXISTS (SELECT %s) AND NOT EXISTS (SELECT %s AND a.state <> 'declined')",
            customers,
            customers,
        )
        absent = self._column(model, query, "appointment_status")
        return SQL(
            "CASE WHEN NOT %s THEN 'cancelled' WHEN %s = 'no_show' THEN 'absent'"
            " WHEN %s THEN 'declined' ELSE 'held' END",
            SQL.identifier(query.table, "active"),
            SQL("%s::text", absent),
            missed,
        )


@dataclass(frozen=True)
class Documents(Table):
    """Files and links that hang on a contact or lead: Odoo judges them by these."""

    def _queried(self, model, domain):
        return search_hanging(model, domain)


@dataclass(frozen=True)
class Leads(Table):
    """The leads of the circle themselves: those without a contact, too."""

    def _about(self, model):
        return is_one_of("id", LEADS)

    def columns(self, model, query):
        of_company = SQL(
            "(SELECT c.currency_id FROM res_company c WHERE c.id = COALESCE(%s, %s))",
            model._field_to_sql(query.table, "company_id", query),
            model.env.company.id,
        )
        columns = super().columns(model, query)
        # dates of messages are whole seconds: a lead is not younger than its first note
        at = SQL("date_trunc('second', %s)", columns["at"])
        return {**columns, "at": at, "currency": of_company}


TABLES = (
    Meetings(
        "meeting",
        "meeting",
        "calendar.event",
        "start",
        whom=("partner_ids", "opportunity_id"),
        text="location",
    ),
    Documents(
        "document",
        "document",
        "ir.attachment",
        "create_date",
        document=("res_model", "res_id"),
        text="url",
        state="sheet_document_kind",
        author="create_uid",
        domain=(("res_field", "=", False),),
    ),
    Leads(
        "lead",
        "lead",
        "crm.lead",
        "create_date",
        author="create_uid",
        state="type",
        amount="expected_revenue",
    ),
    Table(
        "quote",
        "quote",
        "sale.order",
        "create_date",
        whom=ORDERS,
        state="state",
        amount="amount_total",
        talks=True,
    ),
    Table(
        "order",
        "order",
        "sale.order",
        "date_order",
        whom=ORDERS,
        text="client_order_ref",
        amount="amount_total",
        domain=(("state", "=", "sale"),),
    ),
    Table(
        "signature",
        "signature",
        "sale.order",
        "signed_on",
        whom=ORDERS,
        by="signed_by",
        author="",
        amount="amount_total",
    ),
    Table(
        "invoice",
        "invoice",
        "account.move",
        "invoice_date",
        text="ref",
        state="payment_state",
        author="invoice_user_id",
        amount="amount_total",
        domain=(("move_type", "=", "out_invoice"), ("state", "=", "posted")),
        talks=True,
    ),
    Table(
        "credit",
        "credit",
        "account.move",
        "invoice_date",
        text="ref",
        state="payment_state",
        author="invoice_user_id",
        amount="amount_total",
        domain=(("move_type", "=", "out_refund"), ("state", "=", "posted")),
    ),
    Table(
        "payment",
        "payment",
        "account.payment",
        "date",
        text="memo",
        state="payment_type",
        author="create_uid",
        amount="amount",
        domain=(
            ("partner_type", "=", "customer"),
            ("state", "in", ["in_process", "paid"]),
        ),
    ),
    Table(
        "opened",
        "mailing",
        "mailing.trace",
        "open_datetime",
        document=("model", "res_id"),
        title="mass_mailing_id",
        author="",
        domain=(("is_test_trace", "=", False),),
    ),
    Table(
        "clicked",
        "mailing",
        "mailing.trace",
        "links_click_datetime",
        document=("model", "res_id"),
        title="mass_mailing_id",
        author="",
        domain=(("is_test_trace", "=", False),),
    ),
    Table(
        "visit",
        "visit",
        "website.visitor",
        "last_connection_datetime",
        whom=("partner_id", "lead_ids"),
        title="website_id",
        author="",
    ),
    Table(
        "survey",
        "survey",
        "survey.user_input",
        "end_datetime",
        title="survey_id",
        author="partner_id",
        domain=(("state", "=", "done"), ("test_entry", "=", False)),
    ),
    Table(
        "event",
        "event",
        "event.registration",
        "create_date",
        whom=("partner_id", "lead_ids"),
        title="event_id",
        text="name",
        state="state",
        author="",
        domain=(("state", "!=", "draft"),),
        talks=True,
    ),
    Table(
        "ticket",
        "ticket",
        "helpdesk.ticket",
        "create_date",
        whom=("partner_id", "commercial_partner_id"),
        state="stage_id",
        talks=True,
    ),
    Table(
        "task",
        "task",
        "project.task",
        "create_date",
        text="project_id",
        state="stage_id",
        author="create_uid",
        talks=True,
    ),
)
