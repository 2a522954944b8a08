from odoo import api, fields, models


class CustomerSheetFormLine(models.Model):
    """One question of a form, in its place."""

    _name = "customer.sheet.form.line"
    _description = "Question of a Form"
    _order = "sequence, id"
    _rec_name = "question_id"

    form_id = fields.Many2one("customer.sheet.form", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    step_title = fields.Char(
        "New page", translate=True, help="A page of the form begins here, with this title."
    )
    question_id = fields.Many2one(
        "customer.sheet.question",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("is_public", "=", True)],
    )
    asked = fields.Selection(
        [
            ("always", "Always"),
            ("if_unknown", "If not known yet"),
            ("next_best", "When it is one of the most useful"),
        ],
        required=True,
        default="always",
        help="Makes a difference for people who come by a personal link: they are not asked what"
        " is known already.",
    )
    required = fields.Boolean("Obligatory")
    problem = fields.Char(
        "Why it cannot be asked", compute="_compute_problem", help="Empty if all is well."
    )

    _question_unique = models.Constraint(
        "UNIQUE (form_id, question_id)", "The form already asks this question."
    )

    @api.depends("question_id", "form_id.company_id")
    @api.depends_context("lang")
    def _compute_problem(self):
        versions = self.env["customer.sheet.catalogue.version"]
        published = {entry["code"] for entry in versions._current().sudo().snapshot or ()}
        for line in self:
            line.problem = line.question_id and line._problem(published)

    def _problem(self, published):
        """Return why visitors cannot be asked this, in a sentence, or False.

        :param published: the codes of the catalogue in force
        """
        question, name = self.question_id.sudo(), self.question_id.name
        if not question.active:
            return self.env._("“%(question)s” is archived in the catalogue.", question=name)
        if not question.is_public:
            return self.env._(
                "“%(question)s”: the catalogue no longer allows to ask it of visitors.",
                question=name,
            )
        if question.code not in published:
            return self.env._(
                "“%(question)s” is not in the published catalogue yet.", question=name
            )
        if question.company_id and question.company_id != self.form_id.company_id:
            return self.env._("“%(question)s” is a question of another company.", question=name)
        if not question._plain_shape():
            return self.env._(
                "“%(question)s”: what answers it cannot be typed into a form.", question=name
            )
        return False

    # -- what publishing freezes -----------------------------------------------

    def _has_no_choice(self):
        """Tell whether the question is answered from a list of which nothing can be chosen."""
        shape = self.question_id.sudo()._plain_shape()
        return shape["kind"] in ("choice", "choices") and not shape["options"]

    def _content(self, langs):
        """Return this question as a published form keeps it, in these languages."""
        questions = {lang: self.question_id.sudo().with_context(lang=lang) for lang in langs}
        shapes = {lang: question._plain_shape() for lang, question in questions.items()}
        return {
            "code": self.question_id.sudo().code,
            "asked": self.asked,
            "required": self.required,
            "shape": shapes,
        }
