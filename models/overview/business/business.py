"""What other apps have open with a customer: read where they are installed, kept nowhere.

An app counts where its model *and* the fields are there that are read of it.
"""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

#: Fields of the stages of tickets that say that one is over: OCA's, and Odoo's own.
CLOSED = ("closed", "fold")


@dataclass(frozen=True)
class Business:
    """One kind of open business, of one model.

    :param label: what it is called, in the plural
    :param domain: which records of ``model`` are open
    :param amount: the field that is summed up, "" where there is no money in it
    :param day: the field by which it is old, or late
    :param is_late: whether it should be over by now
    """

    code: str
    label: str
    model: str
    domain: Domain
    amount: str = ""
    day: str = "create_date"
    is_late: bool = False

    def is_there(self, env):
        """Tell whether the app is installed, has these fields, and the user may read it."""
        names = {each.field_expr.partition(".")[0] for each in self.domain.iter_conditions()}
        names |= {"name", "partner_id", self.day}
        names |= {self.amount, "currency_id"} if self.amount else set()
        return (
            self.model in env
            and names <= env[self.model]._fields.keys()
            and env[self.model].has_access("read")
        )

    def sql(self, env, customer):
        """Return a SELECT of ``(code, facts)`` under the user's rules, a row a currency.

        :param customer: the domain of all that is of the customer
        """
        records = env[self.model]
        query = records._search(self.domain & customer)

        def column(name):
            return records._field_to_sql(query.table, name, query)

        currency = column("currency_id") if self.amount else SQL("NULL::int")
        query.groupby = currency
        facts = SQL(
            "jsonb_build_object('count', count(*), 'amount', sum(%s), 'currency', %s,"
            " 'first', min(%s), 'names', (array_agg(%s ORDER BY %s DESC))[1:2])",
            column(self.amount) if self.amount else SQL("NULL::numeric"),
            currency,
            column(self.day),
            column("name"),
            SQL.identifier(query.table, "id"),
        )
        return query.select(SQL("%s::text", self.code), facts)


def kinds(env, today):
    """Return every :class:`Business` that can be told, whether its app is installed or not.

    :param today: the day that it is for the user
    """
    to_do = Domain([("state", "not in", ("1_done", "1_canceled")), ("project_id", "!=", False)])
    due, late = _due("out_invoice"), Domain("invoice_date_due", "<", today)
    asked = Domain("state", "in", ("draft", "sent"))
    sold = Domain("state", "=", "sale") & Domain("invoice_status", "in", ("no", "to invoice"))
    return [
        _of_sales("quotations", env._("Quotations"), asked),
        _of_sales("orders", env._("Orders to invoice"), sold),
        _of_invoicing("invoices", env._("Invoices not yet due"), due & ~late),
        _of_invoicing("overdue", env._("Overdue invoices"), due & late, is_late=True),
        _of_invoicing("credits", env._("Credit notes to settle"), _due("out_refund")),
        Business("tickets", env._("Tickets"), "helpdesk.ticket", _open_tickets(env)),
        Business("tasks", env._("Tasks"), "project.task", to_do),
    ]


def _of_sales(code, label, domain):
    return Business(code, label, "sale.order", domain, "amount_total", "date_order")


def _of_invoicing(code, label, domain, **more):
    day = "invoice_date_due"
    return Business(code, label, "account.move", domain, "amount_residual", day, **more)


def _due(kind):
    """Return the domain of what is not paid."""
    unpaid = ("payment_state", "in", ("not_paid", "partial"))
    return Domain([("state", "=", "posted"), ("move_type", "=", kind), unpaid])


def _open_tickets(env):
    """Return the domain of the tickets that are open, as their stages tell it."""
    tickets = env.registry.get("helpdesk.ticket")
    stage = tickets and tickets._fields.get("stage_id")
    stages = env.registry.get(stage.comodel_name) if stage else None
    known = stages._fields if stages else {}
    closed = next((name for name in CLOSED if name in known), CLOSED[0])
    return ~Domain(f"stage_id.{closed}", "=", True)  # without a stage, too
