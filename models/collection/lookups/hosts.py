import time

from dateutil.relativedelta import relativedelta
from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....tools.ids import company_id, vat_number
from ....tools.verdict import INVALID
from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import check_sheet_user
from ..registers.answer import NotFound, Unavailable
from ..room import COLLECTION
from .fitting import fitting, is_of
from .request import PASSING
from .said import opened, said, sign
from .words import closed_words, vat_shown, vat_words

#: A further register is asked only while nobody has waited for so long (seconds).
PATIENCE = 1

#: What a register may be asked about, and what checks the number of it.
CHECKS = {"company": ("registry", company_id.check), "vat": ("vat", vat_number.check)}

#: Records looked up at once: a register is not there to be copied.
MOST = 2000

#: Fields of a lead beside which it can be looked up.
LOOKED_UP = {"partner_name": "company", "sheet_company_registry": "company", "sheet_vat": "vat"}


class CustomerSheetMixin(models.AbstractModel):
    """A contact or lead about whose company public registers are asked, when a person asks.

    Asking writes nothing; what was said is proposed by a second call.
    """

    _inherit = "customer.sheet.mixin"

    _sheet_register_said_index = models.Index("(id) WHERE sheet_register_said IS NOT NULL")

    # -- asking: nothing is written ------------------------------------------------

    @api.readonly
    @called(text=takes.text, country_id=takes.number)
    def sheet_lookup(self, text, country_id=False):
        """Return the companies that registers know by a name or a number; nothing is written.

        Of a record that is not saved there is none.

        :param country_id: the country that is being typed, if not the one of the record
        :return: ``{"candidates", "said"}``: candidates as ``{"register", "number", "name", "town",
            "state"}``, the best first, and in sentences why a register gave none
        """
        check_sheet_user(self.env)
        text, country = (text or "").strip(), self._sheet_register_country(country_id)
        number, start = company_id.check(text, country).value, time.monotonic()
        found, why = [], []
        registers = self.env["customer.sheet.register"].sudo()._for(country, "company")
        for register in registers:
            if found or time.monotonic() - start > PATIENCE:
                break
            answer = register._companies(text, number, country)
            if isinstance(answer, Unavailable):
                why.append(register._words(answer))
            else:
                found = [_shown(register, each, number) for each in answer]
        if not found and not why:
            why.append(registers._none_words(text))
        return {"candidates": found, "said": [] if found else why}

    @api.readonly
    @called(code=takes.text, number=takes.text, country_id=takes.number)
    def sheet_lookup_read(self, code, number, country_id=False):
        """Return what a register says of the company with a number; nothing is written.

        :param code: of the register
        :return: ``{"token", "said", "page"}``: what :meth:`sheet_lookup_take` takes, none if there
            is no answer; what is to be known, in sentences; where people read the same
        """
        check_sheet_user(self.env)
        country = self._sheet_register_country(country_id)
        registers = self.env["customer.sheet.register"].sudo()._for(country, "company")
        register = registers.filtered(lambda each: each.code == code)
        if not register:
            raise UserError(self.env._("This register is not switched on any more."))
        answer = register._read(number or "", country)
        return self._sheet_register_told("company", register, number, answer)

    @api.readonly
    @called(text=takes.text, country_id=takes.number)
    def sheet_lookup_vat(self, text, country_id=False):
        """Return whether a register knows a VAT number; nothing is written.

        :return: as :meth:`sheet_lookup_read`; ``is_open`` where there is no verdict, which says
            nothing of the number
        """
        check_sheet_user(self.env)
        verdict = vat_number.check(text, self._sheet_register_country(country_id))
        if verdict.status == INVALID or not verdict.value:
            return {"token": False, "said": [self.env._("This is no valid VAT number.")]}
        country = verdict.facts.get("country") or self._sheet_register_country(country_id)
        register = self.env["customer.sheet.register"].sudo()._for(country, "vat")[:1]
        if not register:
            said_ = self.env._("No register of VAT numbers is switched on for this country.")
            return {"token": False, "said": [said_]}
        answer = register._check_vat(verdict.value, self._sheet_register_requester())
        told = self._sheet_register_told("vat", register, verdict.value, answer)
        return {**told, "is_open": isinstance(answer, Unavailable) and answer.reason in PASSING}

    # -- writing: nobody is asked ----------------------------------------------------

    @called(one=True, token=takes.text)
    def sheet_lookup_take(self, token):
        """Propose what a register has said, and keep what it means for the number of the sheet.

        :param token: of :meth:`sheet_lookup_read` or :meth:`sheet_lookup_vat`
        :return: how many answers are proposed
        :raise UserError: the token is too old
        """
        said_ = opened(self.env, token or "")
        if not said_:
            raise UserError(self.env._("This was looked up too long ago. Look it up again."))
        sheet = self._sheet_looked_up()
        sheet._sheet_check_access("write")
        return len(sheet._sheet_take(said_))

    @called(one=True)
    def sheet_lookup_later(self):
        """Have the VAT number of the sheet asked about again, in minutes and then in hours."""
        sheet = self._sheet_looked_up()
        sheet._sheet_check_access("write")
        requests = self.env["customer.sheet.register.request"]
        requests._queue(sheet, ["vat"], soon=False)

    @called()
    def action_sheet_look_up(self):
        """Open the dialog that has registers asked about these records, and says what it costs.

        :raise UserError: they are too many for one time
        """
        check_sheet_user(self.env)
        if len(self) > MOST:
            raise UserError(self.env._("Look up %(most)s records at a time at most.", most=MOST))
        self.check_access("read")
        listed = "lead_ids" if self._name == "crm.lead" else "partner_ids"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Look Up in Registers"),
            "res_model": "customer.sheet.lookup",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_host": self._name, f"default_{listed}": [(6, 0, self.ids)]},
        }

    def _sheet_take(self, said_):
        """Propose what a register has said, and keep it; as superuser: the caller has checked.

        It takes the place of what the same register said before, maybe of another company.

        :return: the open proposals
        """
        sheet = self.sudo()
        sheet._sheet_stamp({"sheet_register_said": sheet._sheet_register_after(said_)})
        proposals = sheet._sheet_propose(
            fitting(sheet, said_.values),
            "register",
            said_on=said_.said_on,
            said_by=said_.by,
            evidence=said_.evidence,
        )
        former = sheet._sheet_open_proposals() - proposals
        former.filtered(lambda each: each._is_said_by_only("register", said_.by))._decide(
            "outdated"
        )
        return proposals

    def _sheet_register_after(self, said_):
        """Return ``sheet_register_said`` once a register has said that."""
        kept = {"number": said_.number, "by": said_.by, "on": said_.asked_on}
        if said_.what == "vat":
            kept |= {"known": said_.known, "consultation": said_.consultation}
        else:
            kept |= {"closed": said_.closed, "page": said_.page}
        return {**(self.sheet_register_said or {}), said_.what: kept}

    # -- what a host says ----------------------------------------------------------------

    def _sheet_looked_up(self):
        """Return the record that holds what is known of the company."""
        return self

    def _sheet_register_names(self):
        """Return ``{code: own code}`` of answers that this record gives to another question."""
        return {}

    def _sheet_register_typed(self, role):
        """Return the number that stands on the record, as it was typed."""
        return self[self._sheet_quality_sources()[role]] or ""

    def _sheet_register_numbers(self):
        """Return ``{what: (number, country)}`` by which registers can be asked about it.

        Where no company number stands, that of the company which somebody has chosen.
        """
        own, numbers = self.country_id.code or self._sheet_company_country_code(), {}
        for what, (role, check) in CHECKS.items():
            verdict = check(self._sheet_register_typed(role), own)
            if verdict.status != INVALID and verdict.value:
                numbers[what] = (verdict.value, verdict.facts.get("country") or own)
        kept = (self.sudo().sheet_register_said or {}).get("company")
        if kept and not self._sheet_register_typed("registry"):
            numbers["company"] = (kept["number"], own)
        return numbers

    def _sheet_register_country(self, country_id):
        """Return the code of the country whose registers are asked.

        :param country_id: the one that is being typed, if any
        """
        typed = self.env["res.country"].browse(country_id or ()).exists()
        country = typed or self[:1].country_id
        return country.code or self[:1]._sheet_company_country_code()

    def _sheet_register_requester(self):
        """Return the VAT number of one's own company, for which a proof of the check is made."""
        company = (self[:1].company_id or self.env.company).sudo()
        return vat_number.check(company.vat or "", company.country_id.code).value or ""

    @api.model
    def _sheet_looked_up_before(self, limit):
        """Return records whose company was looked up a year ago and is not known to be closed.

        Where it was asked about since without an answer, the request of then is still kept.
        """
        asked = SQL("%s->'company'->>'on'", SQL.identifier("sheet_register_said"))
        year_ago = fields.Datetime.to_string(fields.Datetime.now() - relativedelta(years=1))
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %(table)s WHERE sheet_register_said IS NOT NULL AND active"
                " AND %(asked)s < %(year_ago)s"
                " AND sheet_register_said->'company'->>'closed' = 'false'"
                " AND id NOT IN (SELECT %(column)s FROM customer_sheet_register_request"
                " WHERE %(column)s IS NOT NULL)"
                " ORDER BY %(asked)s LIMIT %(limit)s",
                table=SQL.identifier(self._table),
                column=SQL.identifier(self._sheet_answer_column()),
                asked=asked,
                year_ago=year_ago,
                limit=limit,
            )
        )
        return self.browse(record_id for (record_id,) in rows)

    # -- words -----------------------------------------------------------------------------

    @api.model
    def _sheet_register_told(self, what, register, number, answer):
        """Return an answer as the web client takes it."""
        if isinstance(answer, Unavailable) or (what == "company" and isinstance(answer, NotFound)):
            return {"token": False, "said": [register._words(answer)], "page": ""}
        said_ = said(what, register.name, number, answer)
        words = [register._warning_words(code) for code in said_.warnings if code != "closed"]
        if what == "vat":
            words.append(vat_words(self.env, self._sheet_register_after(said_)["vat"]))
        elif said_.closed:
            words.insert(0, closed_words(self.env, self._sheet_register_after(said_)["company"]))
        return {"token": sign(self.env, said_), "said": words, "page": said_.page}

    # -- what a form shows -------------------------------------------------------------------

    def _sheet_glance(self):
        if not COLLECTION.in_use(self.env):
            return super()._sheet_glance()
        return {**super()._sheet_glance(), "sheet_registers": self._sheet_registers_words()}

    def _sheet_registers_words(self):
        """Return what of the record can be looked up, and what registers have said of it."""
        registers = self.env["customer.sheet.register"].sudo()
        country = self.country_id.code or self._sheet_company_country_code()
        kept = self.sudo().sheet_register_said or {}
        company, vat = kept.get("company"), kept.get("vat")
        is_closed = company and company["closed"] and self._sheet_is_about("registry", company)
        is_said = vat and self._sheet_register_typed("vat") and self._sheet_is_about("vat", vat)
        return {
            "company": bool(registers._for(country, "company")),
            "vat": bool(registers._for(country, "vat")),
            "closed": closed_words(self.env, company) if is_closed else "",
            "vat_said": vat_shown(self.env, vat) if is_said else "",
        }

    def _sheet_is_about(self, role, kept):
        return is_of(self._sheet_register_typed(role), kept["number"])


def _shown(register, candidate, number):
    """Return a candidate as the web client takes it; with the number of the place, if typed."""
    is_typed = number and number.startswith(candidate.number)
    return {
        "register": register.code,
        "number": number if is_typed else candidate.number,
        **{name: getattr(candidate, name) for name in ("name", "town", "state")},
    }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _sheet_looked_up(self):
        company = self.commercial_partner_id
        return company if company.is_company else self

    def _sheet_register_names(self):
        """Let a company be called what the register calls it."""
        return {"company": "name"} if self.is_company else {}


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _sheet_gate_input(self, names, label):
        """Offer to look up a company where a gate or the interview asks who it is."""
        nodes = super()._sheet_gate_input(names, label)
        if names[0] in LOOKED_UP:
            options = {"field": names[0], "what": LOOKED_UP[names[0]]}
            nodes.append(E.widget(name="sheet_lookup", options=str(options)))
        return nodes
