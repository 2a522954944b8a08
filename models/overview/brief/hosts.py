from odoo import api, models
from odoo.tools import SQL, format_amount, format_date

from ...sheet.called import called
from ...sheet.known import fact, known_of, rows
from ..journal.kinds import CONTACT_KINDS

#: So many questions and contacts one takes in before a call.
FEW = 3

#: What is read of the contact and of the company.
OF_CONTACT = (
    "active",
    "commercial_partner_id",
    "company_id",
    "create_date",
    "function",
    "is_company",
    "name",
    "parent_id",
    "partner_share",
    "sheet_average_basket",
    "sheet_first_contact_date",
    "sheet_last_order_date",
    "sheet_loyalty_programme",
    "sheet_maturity",
    "sheet_order_count",
    "user_id",
)


def _labels(records, name):
    return dict(records._fields[name]._description_selection(records.env))


def _bought_sql(person, company):
    """Return the fact of what each buyer has bought, by the company that sold it."""
    line = SQL(
        "jsonb_build_object('orders', w.orders, 'basket', w.basket, 'last_on', w.last_on,"
        " 'currency', c.currency_id)"
    )
    lines = SQL(
        "FROM customer_sheet_purchase w JOIN res_company c ON c.id = w.company_id"
        " WHERE w.partner_id IN (%s, (%s)) GROUP BY w.partner_id",
        person,
        company,
    )
    return SQL("w.partner_id"), SQL("jsonb_object_agg(w.company_id, %s)", line), lines


class CustomerSheetMixin(models.AbstractModel):
    """The brief: what one needs to know in the minute before a call, on one screen of a phone."""

    _inherit = "customer.sheet.mixin"

    @api.readonly
    @called(one=True)
    def sheet_brief(self):
        """Return what one needs to know before a call, see ``_sheet_brief``."""
        return self._sheet_brief()

    @called(one=True)
    def action_sheet_brief(self):
        """Open the brief."""
        self._sheet_check_access("read")
        params = {"model": self._name, "id": self.id}
        name = self.env._("Brief: %(name)s", name=self.display_name)
        return {
            "type": "ir.actions.client",
            "tag": "customer_sheet_brief",
            "name": name,
            "target": "new",
            "params": params,
            "context": {"dialog_size": "medium", "footer": False},
        }

    def _sheet_brief(self):
        """Return what one needs to know before a call; each room adds its part.

        :return: ``{"model", "id", "who", "may", "next", "promises", "contacts", "bought",
            "missing", "business", "changes"}``
        """
        with self._sheet_looked_at(more=type(self)._sheet_brief_sql) as record:
            glance = record._sheet_glance()
            consents = glance.get("sheet_consents", {})  # none where that room is off
            return {
                "model": record._name,
                "id": record.id,
                "who": record._sheet_brief_who(),
                "may": consents.get("may", {}),
                "next": glance.get("sheet_next_action", False),
                "contacts": record._sheet_journal(kinds=CONTACT_KINDS, limit=FEW),
                "bought": record._sheet_brief_bought(),
                "missing": record._sheet_brief_missing(glance["sheet_gaps"]),
                "changes": record._sheet_brief_changes(),
                **record._sheet_open_business(),
            }

    def _sheet_brief_sql(self):
        """Return what a brief reads beside a glance, in the same statement."""
        person = self._sheet_brief_person()._origin.id or 0
        company = SQL("SELECT commercial_partner_id FROM res_partner WHERE id = %s", person)
        owners = SQL(
            "id = %s OR id IN (SELECT user_id FROM res_partner WHERE id IN (%s, (%s)))",
            self.user_id.id or 0,
            person,
            company,
        )
        cards = SQL("id IN (SELECT partner_id FROM res_users WHERE %s)", owners)
        companies = self.env.companies.ids
        own = tuple(dict.fromkeys(self._sheet_brief_fields()))
        return [
            rows(self, own, SQL("id = %s", self._origin.id)),
            *self.env["customer.sheet.look"].sudo()._selects(self),
            rows(self.env["res.partner"], OF_CONTACT, SQL("id IN (%s, (%s))", person, company)),
            rows(self.env["res.users"], ("partner_id",), owners),
            fact("brief_bought", *_bought_sql(person, company)),
            # the rules of contacts ask for it
            rows(self.env["res.company"], ("parent_path",), SQL("id = ANY(%s)", companies)),
            rows(self.env["res.partner"], ("name",), cards),
        ]

    @api.model
    def _sheet_brief_fields(self):
        """Return the columns that a brief reads of the record itself."""
        return ("create_date", "name", "phone", "sheet_reference", "user_id")

    def _sheet_brief_person(self):
        """Return the contact that the sheet is about, or an empty recordset."""
        raise NotImplementedError

    # -- who ---------------------------------------------------------------------

    def _sheet_brief_who(self):
        """Return who it is, and since when they are known."""
        record = self.sudo()
        person = record._sheet_brief_person()
        company = person.commercial_partner_id
        maturity = company.sheet_maturity or person.sheet_maturity
        said = (person.sheet_first_contact_date, record.sheet_first_contact_date)
        made = {each.create_date.date() for each in (company, person, record) if each}
        since = min(filter(None, (*said, *made)))
        facts = (
            _labels(person, "sheet_maturity").get(maturity),
            _labels(record, "sheet_typology").get(record.sheet_typology),
            _labels(record, "sheet_sector").get(record.sheet_sector),
            self.env._("known since %(date)s", date=format_date(self.env, since)),
        )
        return {
            **record._sheet_brief_names(person, company),
            "facts": list(filter(None, facts)),
            "owner": (record.user_id or person.user_id or company.user_id).name or "",
            "reference": record.sheet_reference or "",
        }

    def _sheet_brief_names(self, person, company):
        """Return the names, the job and the addresses of whom it is about."""
        raise NotImplementedError

    def _sheet_brief_bought(self):
        """Return in words what the customer buys from the reader's company, and is loyal to."""
        buyer = self.sudo()._sheet_brief_person()
        programme = (buyer.commercial_partner_id | buyer).filtered("sheet_loyalty_programme")[:1]
        loyal = programme.sheet_loyalty_programme
        told = loyal and self.env._("Loyalty programme: %(name)s", name=loyal)
        return " · ".join(filter(None, (self._sheet_brief_buys(), told)))

    def _sheet_brief_buys(self):
        """Return in a sentence what the customer buys from the reader's company, "" for nothing.

        What is typed on the sheet counts where no documents tell it.
        """
        person, lines = self.sudo()._sheet_brief_person(), known_of(self).told("brief_bought")
        for buyer in person.commercial_partner_id | person:
            told = lines.get(str(buyer.id))
            line = told and told.get(str((buyer.company_id or self.env.company).id))
            if line or buyer.sheet_order_count and not told:
                return self._sheet_brief_orders(line or buyer._sheet_brief_typed())
        return ""

    def _sheet_brief_typed(self):
        """Return what was typed about the orders of a contact, as the figures of documents are."""
        return {
            "orders": self.sheet_order_count,
            "basket": self.sheet_average_basket,
            "last_on": self.sheet_last_order_date,
            "currency": self.sheet_currency_id.id,
        }

    @api.model
    def _sheet_brief_orders(self, line):
        currency = self.env["res.currency"].sudo().browse(line["currency"])
        basket = format_amount(self.env, line["basket"] or 0, currency)
        last = format_date(self.env, line["last_on"]) if line["last_on"] else "–"
        if line["orders"] == 1:
            return self.env._("One order of %(amount)s, on %(date)s", amount=basket, date=last)
        return self.env._(
            "%(count)s orders of %(basket)s on average, the last on %(date)s",
            count=line["orders"],
            basket=basket,
            date=last,
        )

    # -- what to ask ---------------------------------------------------------------

    def _sheet_brief_missing(self, gaps):
        """Return what is missing before the next stage, and the best questions.

        What the gate ahead asks for comes first, then what else counts now.

        :return: ``{"stage", "count", "questions": [{"code", "label", "wording"}]}``; with a
            ``stage``, ``count`` is how many things its gate still asks for, as its dialog does
        """
        asked = {q.code for q in self._sheet_plan().questions if q.own_holders}
        gates = [gate for gate in (gaps or {}).get("gates", ()) if not gate["is_behind"]]
        needed = [
            [item for item in each["items"] if item["code"] in asked]
            for gate in gates
            if gate["stage"] == gates[0]["stage"]
            for each in gate["missing"]
        ]
        counting = [item for item in (gaps or {}).get("items", ()) if item["now"]]
        open_ = {item["code"]: item for item in counting if item["code"] in asked}
        first = {item["code"]: item for items in needed for item in items}
        best = [*first.values(), *(open_[code] for code in open_ if code not in first)]
        return {
            "stage": gates[0]["stage"] if first else False,
            "count": sum(map(bool, needed)) or len(best),
            "questions": [
                {key: item[key] for key in ("code", "label", "wording")} for item in best[:FEW]
            ],
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _sheet_brief_fields(self):
        return (*super()._sheet_brief_fields(), *OF_CONTACT, "email")

    def _sheet_brief_person(self):
        return self

    def _sheet_brief_names(self, person, company):
        return {
            "name": self.name or "",
            "function": self.function or "",
            "company": company.name if company != self else "",
            "phone": self.phone or "",
            "email": self.email or "",
        }


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _sheet_brief_fields(self):
        names = ("contact_name", "email_from", "function", "partner_name")
        return (*super()._sheet_brief_fields(), *names, "sheet_first_contact_date")

    def _sheet_brief_person(self):
        return self.partner_id

    def _sheet_brief_names(self, person, company):
        texts = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        firm = self.partner_name or (company.name if company.is_company else "")
        name = self.contact_name or person.name or firm or self.name
        return {
            "name": name,
            "function": self.function or person.function or "",
            "company": firm if firm != name else "",
            "stage": texts["stages"].get(self.stage_id.id, ""),
            "phone": self.phone or "",
            "email": self.email_from or "",
        }
