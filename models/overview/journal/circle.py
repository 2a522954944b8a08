"""The contacts and leads that one journal is about, in domains and in SQL."""

from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL, Query

#: The statement of the journal begins with these two, as the reader may see them.
PEOPLE = SQL("SELECT id FROM journal_people")
LEADS = SQL("SELECT id FROM journal_leads")
HOLDERS = {"res.partner": PEOPLE, "crm.lead": LEADS}


class Circle(NamedTuple):
    """A company, its people and all their leads, archived ones too, as far as the reader may see
    them."""

    people: Query
    leads: Query

    def sql(self):
        """Return what the statement begins with."""
        return SQL(
            "journal_people AS MATERIALIZED (%s), journal_leads AS MATERIALIZED (%s)",
            self.people.select("id", "name", "complete_name"),
            self.leads.select("id", "name", "partner_id"),
        )


def is_of(model, name):
    """Return the domain of records whose field holds one of the circle."""
    return Domain(name, "any", HOLDERS[model._fields[name].comodel_name])


def hangs_on(model, record_id):
    """Return the domain of what hangs on one of the circle, as files and messages do.

    :param model: the field that names the model
    :param record_id: the field that holds the id
    """
    return Domain.OR(
        Domain(model, "=", host) & is_one_of(record_id, ids) for host, ids in HOLDERS.items()
    )


def is_one_of(name, ids):
    """Return the domain of records whose field holds one of the ids that a SELECT gives."""

    def to_sql(model, alias, query):
        return SQL("%s IN (%s)", model._field_to_sql(alias, name, query), ids)

    return Domain.custom(to_sql=to_sql)


def search_hanging(model, domain):
    """Return the query of records that Odoo judges by what they hang on.

    The domain has to ask for what hangs on the circle, which the reader may see: Odoo's own
    search would read all that is found, and then judge.  The rules of the model hold, too.
    """
    rules = model.env["ir.rule"]._compute_domain(model._name, "read")
    return model._search(Domain(domain) & rules, bypass_access=True)


def person_of_lead(lead):
    """Return the SQL of the contact of a lead."""
    return SQL("(SELECT l.partner_id FROM journal_leads l WHERE l.id = %s)", lead)


def person_of_document(model, record_id):
    """Return the SQL of the contact that a document is, or is about."""
    return SQL(
        "CASE %s WHEN 'crm.lead' THEN %s WHEN 'res.partner' THEN %s END",
        model,
        person_of_lead(record_id),
        record_id,
    )


def card_of_user(user):
    """Return the SQL of the contact of a user."""
    return SQL("(SELECT u.partner_id FROM res_users u WHERE u.id = %s)", user)
