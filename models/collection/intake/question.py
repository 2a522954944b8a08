from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ....tools.names.country_name import country_code
from ....tools.text import written_number
from ....tools.text.clean_text import clean, clean_lines
from ...quality.checks import checks
from ..plain import kinds
from . import typed
from .exceptions import PlainError, Unfit

#: The most values of one answer that are looked at.
MOST_CHOICES = 100

#: Larger numbers are no text that anybody would write.
LARGEST_NUMBER = 10**30


class CustomerSheetQuestion(models.Model):
    """How answers that come from outside are read, and why one may not be."""

    _inherit = "customer.sheet.question"

    # -- reading what comes in -------------------------------------------------------

    def _plain_read_all(self, values, country=None, offered=None):
        """Read answers to these questions.

        :param values: ``{code: what somebody wrote or chose}``
        :param country: ISO 3166 code of the country that the writer is thought to be in
        :param offered: ``{code: values}`` of the lists that the writer was shown
        :return: ``({code: plain value}, {code: sentence})``; what is blank is in neither
        """
        asked = {question.code: question for question in self}
        answers, errors = {}, {}
        for code, raw in values.items():
            if code not in asked:
                errors[code] = self._plain_words("unknown", code, name=str(code)[:60])
                continue
            try:
                value = asked[code]._plain_read(raw, country, (offered or {}).get(code))
            except PlainError as error:
                errors[code] = error.sentence
            else:
                answers |= {} if value is None else {code: value}
        return answers, errors

    def _plain_read(self, raw, country=None, offered=None):
        """Return the plain value of what somebody wrote or chose; ``None`` for a blank.

        The checks are those of typing: what cannot be an e-mail address, a budget or a deadline
        is refused; a phone number stays as written, and is marked on the sheet.

        :param offered: the values of the list that the writer was shown: these are taken and no
            others, whatever has been archived or added since
        :raise PlainError: with a sentence that names the question and says what to do
        """
        self.ensure_one()
        host, field = self._plain_field()
        try:
            if not field:
                raise Unfit("not_asked")
            kind = self._plain_kind_of(host, field.name)
            if kind == "choices":
                return self._plain_read_choices(raw, field, country, offered)
            if kind == "choice":
                text = clean(_text_of(raw, None))
                return text and self._plain_chosen(text, field, country, offered) or None
            value = self._plain_read_value(raw, kind, field, country)
            self._plain_check(host, field, value)
            return value
        except Unfit as why:
            sentence = self._plain_words(why.reason, self.name, **why.facts)
            raise PlainError(self.code, sentence) from None

    @api.model
    def _plain_read_value(self, raw, kind, field, country):
        if kind in kinds.LARGEST:
            return self._plain_read_number(raw, kind)
        text = _text_of(raw, kinds.longest(kind, field.name))
        return text and getattr(self, f"_plain_read_{kind}")(text, field, country) or None

    @api.model
    def _plain_check(self, host, field, value):
        """Refuse what the field would refuse once it lands, while its writer can correct it.

        :raise Unfit: with the words of the field's own constraint
        """
        checks_ = self.env[host]._constraint_methods
        if value is None or not any(field.name in check._constrains for check in checks_):
            return
        record = self.env[host].new({field.name: value})
        try:
            record._validate_fields([field.name])
        except ValidationError as error:
            raise Unfit("refused", why=str(error)) from None

    def _plain_read_text(self, text, field, country):
        is_number = self._plain_roles(field.model_name).get(field.name) in checks.NUMBERS
        return clean(written_number.to_store(text) if is_number else text)

    def _plain_read_phone(self, text, field, country):
        return clean(written_number.to_store(text))

    def _plain_read_long_text(self, text, field, country):
        return clean_lines(text)

    def _plain_read_url(self, text, field, country):
        text = clean(text)
        if not typed.is_web_address(text):
            raise Unfit("not_url", value=text[:60])
        return text

    def _plain_read_email(self, text, field, country):
        text = clean(text)
        domains = self.env["customer.sheet.email.domain"].sudo()
        return self._plain_email(text, domains._facts_of([checks.CheckFacts(email=text)]))

    @api.model
    def _plain_email(self, text, domains):
        """Return an address as it is stored.

        :param domains: ``{domain: facts}`` of what is known of domains
        :raise Unfit: nobody can be written to
        """
        verdict = checks.verdict("email", checks.CheckFacts(email=text), domains)
        if verdict.reason == "several" or verdict.status == "invalid":
            reason = self.env["res.partner"]._sheet_reason_text(verdict.reason)
            suggestion = verdict.facts.get("suggestion")
            why = "email_meant" if suggestion else "email"
            raise Unfit(why, value=text[:60], why=reason, suggestion=suggestion)
        return verdict.value

    def _plain_read_date(self, text, field, country):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        order = lang.date_format or ""
        found = typed.day(text, month_first=order.find("%m") < order.find("%d"))
        if not found:
            raise Unfit("not_day", example=format_date(self.env, fields.Date.today()))
        today = fields.Date.context_today(self)
        if found < today and field.name in self.env[field.model_name]._sheet_future_fields:
            raise Unfit("past", date=format_date(self.env, found))
        if found > today and field.name == "sheet_birthdate":
            raise Unfit("future", date=format_date(self.env, found))
        return found.isoformat()

    @api.model
    def _plain_read_number(self, raw, kind):
        is_number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
        text = "" if is_number else _text_of(raw, None)
        if not (is_number or text):
            return None
        value = typed.finite(raw) if is_number else typed.number(text)
        if value is None:
            raise Unfit("not_number")
        if value <= 0:
            raise Unfit("not_above_zero")
        if value > kinds.LARGEST[kind]:
            raise Unfit("too_large", most=kinds.LARGEST[kind])
        if kind == "integer" and value != int(value):
            raise Unfit("not_whole")
        return int(value) if kind == "integer" else value

    def _plain_read_choices(self, raw, field, country, offered):
        several = raw if isinstance(raw, (list, tuple)) else [raw]
        texts = filter(None, (_text_of(each, None) for each in several[:MOST_CHOICES]))
        found = dict.fromkeys(
            self._plain_chosen(clean(text), field, country, offered) for text in texts
        )
        return list(found) or None

    def _plain_chosen(self, text, field, country, offered):
        """Return the code of the value of a list that is meant: given as code, or by its name."""
        if offered and text in offered:
            return text
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            found = (
                [text] if text in labels else [v for v, label in labels.items() if label == text]
            )
        else:
            found = [self._plain_code(each) for each in self._plain_named(text, field, country)]
        if len(found) != 1 or (offered is not None and found[0] not in offered):
            raise Unfit("not_choice", option=text[:60])
        return found[0]

    @api.model
    def _plain_named(self, text, field, country):
        """Return the offered records of a list that are called like this."""
        records = self.env[field.comodel_name].sudo()
        if field.comodel_name == kinds.OPTION:
            known = records._ids_by_code(field.sheet_kind)
            ids = (
                [known[text]] if text in known else records._named(field.sheet_kind, text, country)
            )
            return records.browse(ids)
        if field.comodel_name == kinds.PRODUCT:
            named = Domain("id", "=", int(text) if text.isdecimal() and len(text) < 10 else 0)
        else:
            code = country_code(text) if field.comodel_name == "res.country" else text
            named = Domain("code", "=", code)
        return records.search(named & self._plain_offered_domain(field))

    # -- why not, in words -------------------------------------------------------------

    @api.model
    def _plain_words(self, reason, field, **facts):
        """Return the sentence for a reason: it names the question, and says what to do."""
        return self._plain_sentences()[reason] % {"field": field, **facts}

    @api.model
    def _plain_sentences(self):
        return {
            "unknown": self.env._("The form has no question “%(name)s”."),
            "refused": "%(why)s",
            "not_asked": self.env._("“%(field)s” cannot be answered here."),
            "needed": self.env._("Fill in “%(field)s”."),
            "one_text": self.env._("“%(field)s” takes one answer, written as text."),
            "too_long": self.env._(
                "“%(field)s” has %(length)s characters; please sum it up in at most %(most)s."
            ),
            "email": self.env._(
                "“%(value)s” in “%(field)s” cannot receive mail: %(why)s. Correct the address."
            ),
            "email_meant": self.env._(
                "“%(value)s” in “%(field)s” cannot receive mail: %(why)s. Did you mean"
                " %(suggestion)s?"
            ),
            "not_url": self.env._(
                "“%(value)s” in “%(field)s” is not the address of a website. Write it as in"
                " www.example.com."
            ),
            "not_number": self.env._(
                "“%(field)s” takes a number. Write it in digits, as in 15000."
            ),
            "not_whole": self.env._("“%(field)s” takes a whole number, without decimals."),
            "not_above_zero": self.env._(
                "“%(field)s” must be above 0. Leave it empty if you do not know."
            ),
            "too_large": self.env._("“%(field)s” can be at most %(most)s."),
            "not_day": self.env._("“%(field)s” takes a date. Write it as in %(example)s."),
            "past": self.env._(
                "“%(field)s” (%(date)s) is in the past. Choose today or a later date."
            ),
            "future": self.env._("“%(field)s” (%(date)s) cannot be in the future."),
            "not_choice": self.env._(
                "“%(option)s” is not in the list of “%(field)s”. Choose a value of this list."
            ),
        }


def _text_of(raw, most):
    """Return what was sent as a text without spaces around, ``""`` where nothing was.

    :raise Unfit: it is something else, or longer than ``most``
    """
    if isinstance(raw, (list, tuple)) and len(raw) < 2:
        raw = raw[0] if raw else ""
    if raw is None or raw is False:
        return ""
    is_number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
    if not (isinstance(raw, str) or (is_number and abs(raw) < LARGEST_NUMBER)):
        raise Unfit("one_text")
    text = str(raw).strip()
    if most and len(text) > most:
        raise Unfit("too_long", length=len(text), most=most)
    return text if clean(text) else ""
