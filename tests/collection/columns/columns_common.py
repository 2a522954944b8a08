"""Imports for tests, made without a file."""

from odoo.tests import TransactionCase

from odoo.addons.mail.tests.common import mail_new_test_user


class ColumnsCase(TransactionCase):
    """Gives each test a salesperson and a steward, and :meth:`imported`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.env.company.currency_id = cls.env.ref("base.EUR")
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.sales = mail_new_test_user(
            cls.env, "columns_sales", groups="sales_team.group_sale_salesman", name="Sofia Martin"
        )
        cls.steward = mail_new_test_user(
            cls.env,
            "columns_steward",
            groups="sales_team.group_sale_manager,crm_customer_sheet.group_sheet_steward",
        )

    def imported(self, titles, *rows, host="crm.lead", user=None, suggest=True):
        """Return an import with these titles and rows, as it is once the file has been read."""
        user = user or self.steward
        desk = self.env["customer.sheet.import"].create(
            {
                "name": "customers.xlsx",
                "host": host,
                "state": "read",
                "user_id": user.id,
                "looked": {"format": "csv", "headers": list(titles)},
                "column_ids": [
                    (0, 0, {"position": place, "header": title})
                    for place, title in enumerate(titles)
                ],
                "row_ids": [
                    (0, 0, {"line": line, "cells": list(cells)})
                    for line, cells in enumerate(rows, 2)
                ],
            }
        )
        if suggest:
            desk._columns_read()
        return desk.with_user(user)

    def targets(self, desk):
        """Return what the columns become, in their order."""
        return [column.target or "" for column in desk.column_ids]

    def values(self, desk, *cells):
        """Return the values of a row."""
        return desk._row_values(list(cells))[0]

    def codes(self, desk, *cells):
        """Return the codes of the problems of a row."""
        return [problem["code"] for problem in desk._row_values(list(cells))[1]]
