from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from . import apps, ours
from .circle import Circle, is_one_of
from .kinds import kind_words
from .lines import Lines
from .messages import Changes, Messages
from .ours import Consents
from .statement import Asked, Key, statement

#: Lines of a page, and the most that are told at once.
PAGE = 30
MOST = 500

#: What is offered to choose a person from.
PEOPLE = 80


class CustomerSheetMixin(models.AbstractModel):
    """The journal: what has been between this customer and us, newest first.

    It has no table.  Each source is a branch of one statement, under the reader's own rules;
    what an app that is not installed would tell is not asked.
    """

    _inherit = "customer.sheet.mixin"

    # -- asked by the page ---------------------------------------------------

    @api.readonly
    @called(
        one=True,
        before=takes.text,
        kinds=takes.texts,
        limit=takes.number,
        person=takes.number,
        text=takes.text,
    )
    def sheet_journal(self, before=False, kinds=False, limit=PAGE, person=False, text=False):
        """Return a page of the journal: ``{"lines": [...], "more": key to go on from or False}``.

        Arguments and lines are those of :meth:`_sheet_journal`.
        """
        limit = max(1, min(limit, MOST))
        lines = self._sheet_journal(before, kinds, limit + 1, person, text)
        more = lines[limit - 1]["key"] if len(lines) > limit else False
        return {"lines": lines[:limit], "more": more}

    @api.readonly
    @called(one=True)
    def sheet_journal_choices(self):
        """Return what the journal can be filtered by: kinds that can occur, people.

        :return: ``{"kinds": [{"code", "label"}], "people": [{"id", "name"}]}``
        """
        self._sheet_check_access("read")
        kinds = {kind for source in self._sheet_journal_there() for kind in source.kinds}
        people = self.env["res.partner"].with_context(active_test=False)
        people = people.search([("id", "in", self._sheet_circle().people)], limit=PEOPLE)
        return {
            "kinds": [
                {"code": code, "label": label}
                for code, (_one, label) in kind_words(self.env).items()
                if code in kinds
            ],
            "people": [{"id": person.id, "name": person.name or ""} for person in people],
        }

    # -- told to other rooms -------------------------------------------------

    def _sheet_circle(self):
        """Return the :class:`circle.Circle` of this sheet: its company with all people and leads.

        Both are queries, for domains: ``[("partner_id", "in", circle.people)]``.
        """
        partners = self.env["res.partner"].with_context(active_test=False)
        leads = self.env["crm.lead"].with_context(active_test=False)
        people = partners._search([("commercial_partner_id", "any", self._sheet_circle_sql())])
        if not leads.has_access("read"):
            return Circle(people, leads.browse()._as_query())
        own = self._sheet_circle_own(leads)
        return Circle(people, leads._search(own | Domain("partner_id", "in", people)))

    def _sheet_circle_sql(self):
        """Return the SELECT of the contact whose people the circle is, whoever may read that."""
        raise NotImplementedError

    def _sheet_circle_own(self, leads):
        """Return the domain of leads that are of the circle though they may have no contact."""
        return Domain.FALSE

    def _sheet_kept_sql(self):
        """Return the SELECT of these records and of those that they were merged into."""
        return SQL(
            """
            WITH RECURSIVE kept AS (
                SELECT id, sheet_merged_into_id AS went FROM %(table)s WHERE id IN %(numbers)s
                 UNION
                SELECT t.id, t.sheet_merged_into_id FROM %(table)s t JOIN kept k ON t.id = k.went
            ) SELECT id FROM kept
            """,
            table=SQL.identifier(self._table),
            numbers=self._origin._ids or (0,),
        )

    @api.model
    def _sheet_journal_sources(self):
        """Return the sources of the journal; other modules add theirs.

        A source has ``kinds``, ``is_there(env)`` and ``branches(env, asked)``; a kind of records
        is a :class:`table.Table`.
        """
        tables = [*apps.TABLES, *ours.TABLES]
        return [Messages([each for each in tables if each.talks]), Changes(), Consents(), *tables]

    @api.model
    def _sheet_journal_there(self):
        """Return the sources that this reader has."""
        return [each for each in self._sheet_journal_sources() if each.is_there(self.env)]

    def _sheet_journal(self, before=None, kinds=None, limit=PAGE, person=None, text=""):
        """Return lines of the journal of this customer, the newest first.

        A line is ``{"key", "kind", "kind_label", "at", "is_day", "title", "was", "text", "state",
        "state_label", "person", "author", "is_own", "model", "id", "about", "amount",
        "currency_id"}``: when, what (``was`` is what a change replaced), of whom, by whom, and the
        record to open.  ``at`` is a day where ``is_day`` is true.

        :param before: the ``key`` of the line after which to go on
        :param kinds: only these, see ``kinds.py``
        :param person: the id of a contact: only what concerns that one
        :param text: only what holds this text
        """
        self._sheet_check_access("read")
        self.env.flush_all()  # nothing in a request
        wanted = frozenset(kinds or kind_words(self.env))
        asked = Asked(wanted, limit, self._sheet_journal_key(before), person or 0, text or "")
        there = [each for each in self._sheet_journal_there() if each.kinds & wanted]
        branches = [select for each in there for select in each.branches(self.env, asked)]
        if not branches:
            return []
        lines = Lines(self.env, [each for each in there if hasattr(each, "model")])
        select = statement(self._sheet_circle(), branches, limit, self.env.uid)
        return [lines.line(row) for row in self.env.execute_query_dict(select)]

    @api.model
    def _sheet_journal_key(self, before):
        try:
            return Key.parse(before) if before else None
        except ValueError:
            raise UserError(
                self.env._("The journal cannot go on from there. Reload the page.")
            ) from None


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _sheet_circle_sql(self):
        company = self._field_to_sql("p", "commercial_partner_id")
        kept = self._sheet_kept_sql()
        return SQL("SELECT %s FROM res_partner p WHERE p.id IN (%s)", company, kept)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _sheet_circle_sql(self):
        contact = self._field_to_sql("l", "partner_id")
        company = self.env["res.partner"]._field_to_sql("p", "commercial_partner_id")
        return SQL(
            "SELECT %s FROM crm_lead l JOIN res_partner p ON p.id = %s WHERE l.id IN (%s)",
            company,
            contact,
            self._sheet_kept_sql(),
        )

    def _sheet_circle_own(self, leads):
        return is_one_of("id", self._sheet_kept_sql())
