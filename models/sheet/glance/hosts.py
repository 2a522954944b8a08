from lxml.builder import E
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import takes
from ..called import called
from ..fields import PAGE_KEY, SHEET_USER

#: Context key of the question being filled. The web client loads views with its language
#: and keys of this ending only.
FILL_KEY = "sheet_fill_view_ref"


class CustomerSheetMixin(models.AbstractModel):
    """What a form shows of the sheet after its paint, and the pages that the sheet opens:
    documents, sheets that lack an answer, the company's answers."""

    _inherit = "customer.sheet.mixin"

    sheet_suggestion = fields.Char(
        "Known elsewhere",
        compute="_compute_sheet_suggestion",
        groups=SHEET_USER,
        help="The same answer on a related contact or lead.",
    )

    # -- after the paint: nothing of it costs the form itself ------------------

    @api.readonly
    @called(values=takes.values)
    def sheet_glance(self, values=None):
        """Return what the blocks of a form show of a record, as it is being edited.

        :param dict values: edits that are not saved, as ``onchange`` takes them; of a new
            record, all its values
        :return: ``{block: what it shows}``, see :meth:`_sheet_glance`
        :raise UserError: for several records, or values that the fields cannot hold
        """
        if len(self) > 1:
            raise UserError(self.env._("This is done on one record at a time: open one."))
        self.check_access("read")
        record = self._sheet_draft(values) if values or not self else self
        return record._sheet_glance()

    def _sheet_glance(self):
        """Return ``{block: what it shows}`` of one record; each room adds its blocks."""
        return {"sheet_gaps": self.sheet_gaps}

    def _sheet_draft(self, values):
        """Return the record with edits that are not saved, of fields the user may read only."""
        names = [name for name in values or {} if name in self._fields and name != "id"]
        readable = {
            name: values[name]
            for name in names
            if self._has_field_access(self._fields[name], "read")
        }
        try:
            for name, value in readable.items():
                self._fields[name].convert_to_cache(value, self)
            draft = self.new(readable, origin=self)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise UserError(
                self.env._("Some of what is typed cannot be read. Reload the page.")
            ) from None
        for name in readable:
            if self._fields[name].type == "many2one":
                draft[name]._origin.check_access("read")
        return draft

    @api.model
    def _sheet_split_page(self, arch):
        """Leave the page of the sheet out of a form: it is loaded when its tab is opened.

        Asked for the page, leave all else out.  Views that extend the page need not know.
        """
        asked = self.env.context.get(PAGE_KEY)
        page = arch.find(".//page[@name='customer_sheet']")
        if page is None or asked == "whole":
            return
        content = list(page)
        for node in content:
            page.remove(node)
        if asked:
            arch[:] = content
            arch.attrib.pop("js_class", None)
        else:
            page.append(E.widget(name="sheet_page"))

    @called(one=True)
    def action_sheet_documents(self):
        """Open the documents and links of this sheet, with their kind."""
        self._sheet_check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.ir_attachment_action_sheet"
        )
        owner = {"default_res_model": self._name, "default_res_id": self.id}
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": owner}

    @api.readonly
    @called(one=True)
    def sheet_company_answers(self):
        """Return what the person's company has answered, as people read it.

        :return: ``{"company": [id, name], "answers": [{"label", "value"}]}`` or ``False`` where
            there is no company
        """
        self._sheet_check_access("read")
        company = self._sheet_company()
        if not company or not company.has_access("read"):
            return False
        texts = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        answers = [
            {"label": texts["questions"][question.code]["label"], "value": value}
            for question in company._sheet_plan().questions
            if question.level == "company" and (value := company._sheet_answer_text(question))
        ]
        return {"company": [company.id, company.display_name], "answers": answers}

    def _sheet_company(self):
        """Return the company whose answers hold for this sheet, or an empty recordset."""
        return self.env["res.partner"]

    def _sheet_answer_text(self, question):
        """Return the answer to a compiled question in words, or ``""``."""
        for holder in question.own_holders:
            if self[holder.name]:
                return self._sheet_field_text(holder.field)
        return ""

    def _sheet_field_text(self, field):
        value = self[field.name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        converter = self.env.get(f"ir.qweb.field.{field.type}", self.env["ir.qweb.field"])
        return Markup(converter.record_to_html(self, field.name, {}) or "").striptags()

    # -- filling gaps ------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the columns of the question in the list that fills a gap, and only the sectors
        in use in a form."""
        arch, view = super()._get_view(view_id, view_type, **options)
        used = self.env["customer.sheet.option"]._sectors_in_use()
        for block in arch.xpath("//div[starts-with(@name, 'sheet_sector_')]"):
            if block.get("name").removeprefix("sheet_sector_") not in used:
                block.getparent().remove(block)
        if view_type == "form":
            self._sheet_split_page(arch)
        code = self.env.context.get(FILL_KEY)
        anchor = arch.find("field[@name='sheet_suggestion']") if code else None
        if view_type == "list" and anchor is not None:
            for column in self._sheet_fill_arch(code):
                anchor.addprevious(column)
        return arch, view

    @api.depends_context(FILL_KEY, "lang")
    def _compute_sheet_suggestion(self):
        """Suggest what the related sheets answer to the question being filled."""
        names = self._sheet_fill_columns(self.env.context.get(FILL_KEY))
        for record in self:
            known = [
                related._sheet_field_text(related._fields[name])
                for related in record._sheet_related()
                for name in names
                if related[name]
            ]
            record.sheet_suggestion = known[0] if known else False

    def _sheet_related(self):
        """Return other sheets of the same model that may know an answer, nearest first."""
        return self.browse()

    @api.model
    def _sheet_count_missing(self, domain):
        """Return ``{code: sheets of the domain that lack the answer}``, the most frequent first."""
        query = self._search(domain)
        code = SQL.identifier("missing", "value")
        query.add_join(
            "JOIN",
            "missing",
            SQL("jsonb_array_elements_text(%s)", SQL.identifier(self._table, "sheet_missing")),
            SQL("TRUE"),
        )
        query.groupby = code
        query.order = SQL("count(*) DESC, %s", code)
        return dict(self.env.execute_query(query.select(code, SQL("count(*)"))))

    @api.model
    def _sheet_fill_columns(self, code):
        """Return the fields that may hold the answer: stock's first, each as they are declared."""
        plan = self._sheet_plan()
        names = [h.name for q in plan.questions if q.code == code for h in q.own_holders]
        declared = {name: self._fields[name]._sequence for name in names}
        return sorted(names, key=lambda name: (name.startswith("sheet_"), declared[name]))

    @api.model
    def _sheet_fill_arch(self, code):
        names = self._sheet_fill_columns(code)
        fields_ = [self._fields[name] for name in names]
        currencies = {f.get_currency_field(self) for f in fields_ if f.type == "monetary"}
        hidden = [E.field(name=name, column_invisible="1") for name in sorted(currencies)]
        return hidden + [self._sheet_fill_column(name) for name in names]

    @api.model
    def _sheet_fill_column(self, name):
        widgets = {"many2many": "many2many_tags", "monetary": "monetary", "html": "html"}
        field = self._fields[name]
        attributes = {"name": name}
        if widget := widgets.get(field.type):
            attributes["widget"] = widget
        if field.comodel_name == "customer.sheet.option":
            attributes["options"] = "{'no_create': True, 'no_open': True}"
        return E.field(**attributes)
