from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime, get_lang

from ...sheet.catalogue.plan_question import FILLED
from ...sheet.fields import check_sheet_user
from . import words

#: Sheets of one run: more would keep a worker busy for minutes.
MOST = 100

#: Those of whoever may not export: a day's visits.
FEW = 20

#: What people may read of themselves, though no form asks it: the categories of its question.
THEIR_OWN = {"identity", "contact"}

#: What says nothing beside another of its kind, unless its label stands before it.
FIGURES = {"integer", "float", "monetary", "date"}

#: What answers a question that no field answers.
LISTED = {"stakeholders": "sheet_stakeholder_ids"}


class CustomerSheetMixin(models.AbstractModel):
    """The sheet on paper: as we work with it, with blanks to fill in, and for the customer.

    All three are views of the catalogue.  What the customer reads are the answers that a form may
    ask for, and what they decided: no notes, no judgement of ours, not the title of a lead.
    """

    _inherit = "customer.sheet.mixin"

    def _sheet_print(self, kind):
        """Return what to print of these sheets, and log that it leaves the application.

        :param kind: ``sheet``, ``blanks`` or ``customer``
        :return: a list of what :meth:`_sheet_printed` returns
        :raise UserError: for too many sheets
        :raise AccessError: for more than a few, without the right to export
        """
        check_sheet_user(self.env)
        self.check_access("read")
        self._sheet_check_print()
        printed = [record._sheet_printed(kind) for record in self]
        logs = self.env["customer.sheet.export.log"]
        logs._note(self._name, self.ids, "print", [words.kinds(self.env)[kind]])
        return printed

    def _sheet_check_print(self):
        may_export = self.env.su or self.env.user.has_group("base.group_allow_export")
        if len(self) > MOST:
            raise UserError(
                self.env._("Print at most %(most)s sheets at once: choose fewer.", most=MOST)
            )
        if len(self) > FEW and not may_export:
            raise AccessError(
                self.env._(
                    "Print at most %(few)s sheets at once. More need the right to export: ask your"
                    " administrator.",
                    few=FEW,
                )
            )

    def _sheet_printed(self, kind):
        """Return the page of one sheet, in words, as its template shows it.

        :return: ``{"lang", "dir", "kind", "company", "title", "facts", "sections", "consents",
            "printed"}``, and what else the kind has
        """
        lang = get_lang(self.env, kind == "customer" and self.sudo()._sheet_consent_lang())
        record = self.with_context(lang=lang.code)
        page = {
            "lang": lang.code,
            "dir": lang.direction,
            "kind": kind,
            "company": (record.sudo().company_id or record.env.company).sudo(),
            "printed": record._sheet_printed_when(),
            "title": record._sheet_printed_who(),
        }
        return words.fitted({**page, **getattr(record, f"_sheet_printed_{kind}")()})

    def _sheet_printed_when(self):
        values = {
            "on": format_datetime(self.env, fields.Datetime.now(), dt_format="short"),
            "user": self.env.user.name,
        }
        return self.env._("Printed on %(on)s by %(user)s", **values)

    def _sheet_printed_who(self):
        """Return whom the sheet is about, as they call themselves."""
        return self.display_name

    # -- the three kinds -------------------------------------------------------

    def _sheet_printed_sheet(self):
        """Return all that is known, where it comes from, and what is not."""
        glance, rows = self.sheet_glance(), self._sheet_printed_rows()
        asked, days = self._sheet_printed_asked(), self.sudo().sheet_answer_dates or {}
        unknown = {code for code, row in rows.items() if row.state == "unknown"}
        return {
            "facts": self._sheet_printed_facts(glance),
            "pillars": words.pillars(self.env, glance.get("sheet_pillars")),
            "consents": words.consents(self.env, glance.get("sheet_consents")),
            "next_action": words.next_action(self.env, glance.get("sheet_next_action")),
            "sections": self._sheet_printed_sections(
                (question, (question.name, answer, source))
                for code, (question, held, state) in asked.items()
                if state == FILLED and (answer := self._sheet_printed_answer(held))
                for source in [words.source(self.env, rows.get(code), days.get(code))]
            ),
            "unknown": [
                (asked[code][0].name, words.unknown(self.env, rows[code]))
                for code in asked
                if code in unknown and asked[code][2] != FILLED
            ],
            "missing": words.missing(self.env, glance["sheet_gaps"] or {}, unknown),
        }

    def _sheet_printed_customer(self):
        """Return what the customer may read: their answers and their decisions."""
        return {
            "facts": [(self.env._("Reference"), self.sheet_reference)],
            "consents": words.decisions(self.env, self.sheet_glance().get("sheet_consents")),
            "contact": self._sheet_printed_contact(),
            "sections": self._sheet_printed_theirs(self._sheet_printed_asked()),
        }

    def _sheet_printed_theirs(self, asked):
        """Return the sections of the answers that the customer may read.

        Of a question that forms ask, it is the field that a form fills: what we expect or note
        beside it is ours.
        """
        return self._sheet_printed_sections(
            (question, (question.name, answer, ""))
            for question, held, state in asked.values()
            if state == FILLED
            if (answer := self._sheet_printed_answer(held, self._sheet_printed_own(question)))
        )

    def _sheet_printed_own(self, question):
        """Return the names of the fields that the customer may read of a question."""
        if question.data_category in THEIR_OWN:
            return self._fields.keys()
        _host, field = question._plain_field(self._name) if question.is_public else ("", None)
        return {field.name} if field else set()

    def _sheet_printed_contact(self):
        """Return how the customer reaches the company, a line each."""
        company = (self.sudo().company_id or self.env.company).sudo()
        address = company.partner_id._display_address(without_company=True).split("\n")
        address = ", ".join(filter(None, map(str.strip, address)))
        return list(filter(None, [company.name, address, company.email, company.phone]))

    # -- their parts -------------------------------------------------------------

    def _sheet_printed_asked(self):
        """Return ``{code: (question, its compiled twin, state)}`` of what concerns the sheet."""
        judged = self._sheet_to_judge()
        plan = judged._sheet_plan()
        states = plan.states(judged, optional=True)[self.id]
        held = {question.code: question for question in plan.questions if question.code in states}
        questions = self.env["customer.sheet.question"].sudo().with_context(active_test=False)
        found = questions.search([("code", "in", list(held))])
        return {each.code: (each, held[each.code], states[each.code]) for each in found}

    def _sheet_printed_rows(self):
        """Return ``{code: the last that was said of its answer}``."""
        return {row.question_id.code: row for row in self._sheet_answers().sorted("id")}

    @api.model
    def _sheet_printed_sections(self, told):
        """Return ``[(label, [what is told])]`` of ``(question, what is told)``."""
        sections = {}
        for question, each in told:
            sections.setdefault(question.section, []).append(each)
        labels = self.env["customer.sheet.question"]._fields["section"]
        return [
            (label, sections[section])
            for section, label in labels._description_selection(self.env)
            if section in sections
        ]

    def _sheet_printed_answer(self, held, names=None):
        """Return all that answers a compiled question, in words.

        :param names: the fields that may be read; all if not given
        """
        record = self.sudo()
        if held.provider in LISTED and names is None:
            return ", ".join(record[LISTED[held.provider]].mapped("display_name"))
        filled = [each.field for each in held.own_holders if record[each.name]]
        if names is not None:
            filled = [field for field in filled if field.name in names]
        # a contact that is linked says again what the fields beside it say
        filled = [field for field in filled if field.comodel_name != "res.partner"] or filled
        texts = [record._sheet_field_text(field) for field in filled]
        if len(filled) > 1 and {field.type for field in filled} <= FIGURES:
            labels = (field._description_string(self.env) for field in filled)
            texts = [words.pair(self.env, *each) for each in zip(labels, texts, strict=True)]
        return " · ".join(dict.fromkeys(texts))

    def _sheet_printed_facts(self, glance):
        """Return ``[(label, value)]`` of the head of the sheet."""
        record = self.sudo()
        facts = [
            (field._description_string(self.env), record._sheet_field_text(field))
            for name in ("sheet_reference", "stage_id", "user_id")
            if (field := self._fields.get(name)) and record[name]
        ]
        facts.append((self.env._("Created"), format_date(self.env, record.create_date)))
        if gaps := glance["sheet_gaps"]:
            facts.append((self.env._("Complete"), words.completeness(self.env, gaps)))
        if score := glance.get("sheet_score_lines"):
            facts.append((self.env._("Score"), words.score(self.env, score)))
        return facts


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _sheet_printed_who(self):
        """Return who asks, never the title of the lead, which is ours."""
        who = [self.partner_name or self.partner_id.display_name, self.contact_name]
        who = " - ".join(dict.fromkeys(filter(None, who)))
        return who or self.email_from or self.phone or self.sheet_reference or ""

    def _sheet_printed_sheet(self):
        return {
            **super()._sheet_printed_sheet(),
            "title": self.name,
            "who": self._sheet_printed_who(),
        }
