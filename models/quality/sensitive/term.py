from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from . import text as sensitive_text

CATEGORIES = [
    ("health", "Health"),
    ("religion", "Religion or beliefs"),
    ("politics", "Political opinions"),
    ("origin", "Ethnic origin"),
    ("sexual_life", "Sexual life"),
    ("union", "Trade union membership"),
    ("insult", "Insult"),
]


class CustomerSheetSensitiveTerm(models.Model):
    """Words that a customer sheet should not hold, and the contexts in which they are harmless.

    Special categories of data: GDPR, art. 9; Moroccan law 09-08, art. 1(3).
    """

    _name = "customer.sheet.sensitive.term"
    _description = "Sensitive Words"
    _inherit = ["customer.sheet.cached.mixin"]
    _order = "category, lang, name"

    category = fields.Selection(CATEGORIES, required=True)
    lang = fields.Selection(
        [("fr", "French"), ("en", "English"), ("any", "Any")],
        "Language",
        required=True,
        default="any",
        help="For sorting only: notes are searched for the words of every language.",
    )
    name = fields.Char(
        "Words",
        required=True,
        help="Words or phrases, separated by commas. * at the end of a word stands for any"
        " ending: diabét*. Case and accents do not count.",
    )
    unless = fields.Text(
        "Harmless in",
        help="Phrases, separated by commas, that make the words harmless when they contain them"
        " or stand near: mutuelle santé, rue de l'église.",
    )
    only_with = fields.Text(
        "Only near",
        help="Phrases, separated by commas, of which one must stand near. [person] stands for"
        " words that show that a person is meant: he, his wife, Mrs...",
    )
    active = fields.Boolean(default=True)

    @api.constrains("name")
    def _check_name(self):
        for term in self:
            if not sensitive_text.phrases(term.name):
                raise ValidationError(
                    self.env._(
                        "“%(words)s” in “Words” has no word of two letters or more.",
                        words=term.name,
                    )
                )

    @api.model
    @tools.ormcache()
    def _matcher(self):
        """Return the compiled :class:`sensitive_text.Matcher` of all active terms."""
        names = sensitive_text.Term._fields[1:]
        return sensitive_text.compile_terms(
            sensitive_text.Term(str(term.id), *(term[name] or "" for name in names))
            for term in self.sudo().search_fetch([], names)
        )
