"""What other apps have open with a customer: read where they are installed, kept nowhere.

An app counts where its model *and* the fields are there that are read of it.
"""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

ORDER = "sale.order"
INVOICE = "account.move"
TICKET = "helpdesk.ticket"
TASK = "project.task"

#: Fields of stages that say that a ticket is over: OCA's, and Odoo's own.
CLOSED = ("closed", "fold")


@dataclass(frozen=True)
class Business:
    """One kind of open business.

    :param label: what it is called, in the plural
    :param domain: which records of ``model`` are open
    :param amount: the field whose sum counts, "" where there is no money in it
    :param minus: values of ``move_type`` that are subtracted
    :param day: the field by which something is old, or late
    :param is_late: whether it should have been done by now
    """

    code: str
    label: str
    model: str
    domain: Domain
    amount: str = ""
    minus: tuple = ()
    day: str = "create_date"
    is_late: bool = False

    def is_there(self, env):
        """Tell whether the app is installed, has these fields, and the user may read it."""
        if self.model not in env:
            return False
        names = {each.field_expr.partition(".")[0] for each in self.domain.iter_conditions()}
        names |= {"name", "partner_id", self.day, *((self.amount, "currency_id") * bool(self.amount))}
        return names <= env[self.model]._fields.keys() and env[self.model].has_access("read")

    def of(self, owner):
        """Return the domain of what the customer has open.

        :param owner: the domain of all that is theirs
        """
        return self.domain & owner

    def sql(self, env, owner):
        """Return a SELECT of ``(code, facts)``, a row a currency, under the user's rules."""
        records = env[self.model]
        query = records._search(self.of(owner))
        column = lambda name: records._field_to_sql(query.table, name, query)  # noqa: E731
        newest = SQL("ORDER BY %s DESC", SQL.identifier(query.table, "id"))
        amount = column(self.amount) if self.amount else SQL("NULL")
        if self.minus:
            is_minus = SQL("%s IN %s", column("move_type"), self.minus)
            amount = SQL("CASE WHEN %s THEN -(%s) ELSE %s END", is_minus, amount, amount)
        currency = column("currency_id") if self.amount else SQL("NULL::int")
        query.groupby = currency if self.amount else None
        facts = SQL(
            "jsonb_build_object('count', count(*), 'amount', sum(%s), 'currency', %s,"
            " 'first', min(%s), 'last', max(%s), 'names', (array_agg(%s %s))[1:2])",
            amount,
            currency,
            column(self.day),
            column(self.day),
            column("name"),
            newest,
        )
        return query.select(SQL("%s::text", self.code), facts)


def kinds(env, today):
    """Return every :class:`Business` that is known, installed or not.

    :param today: the day that it is for the user
    """
    posted = Domain("state", "=", "posted") & Domain("payment_state", "in", ("not_paid", "partial"))
    due = posted & Domain("move_type", "in", ("out_invoice", "out_refund"))
    late = Domain("invoice_date_due", "<", today)
    to_invoice = Domain("invoice_status", "in", ("no", "to invoice"))
    return [
        Business(
            "quotations",
            env._("Quotations"),
            ORDER,
            Domain("state", "in", ("draft", "sent")),
            "amount_total",
            day="date_order",
        ),
        Business(
            "orders",
            env._("Orders to invoice"),
            ORDER,
            Domain("state", "=", "sale") & to_invoice,
            "amount_total",
            day="date_order",
        ),
        Business(
            "invoices",
            env._("Invoices to pay"),
            INVOICE,
            due,
            "amount_residual",
            ("out_refund",),
            "invoice_date_due",
        ),
        Business(
            "overdue",
            env._("Overdue"),
            INVOICE,
            due & Domain("move_type", "=", "out_invoice") & late,
            "amount_residual",
            day="invoice_date_due",
            is_late=True,
        ),
        Business("tickets", env._("Tickets"), TICKET, _open_tickets(env)),
        Business(
            "tasks",
            env._("Tasks"),
            TASK,
            Domain("state", "not in", ("1_done", "1_canceled")) & Domain("project_id", "!=", False),
        ),
    ]


def _open_tickets(env):
    """Return the domain of the tickets that are open, by what their stages can tell."""
    tickets = env.get(TICKET)
    stage = tickets is not None and tickets._fields.get("stage_id")
    stages = env.get(stage.comodel_name, {}) if stage else {}
    closed = next((name for name in CLOSED if stages is not None and name in stages._fields), "") if stage else ""
    return Domain(f"stage_id.{closed}", "!=", True) if closed else Domain.TRUE
