from unittest.mock import patch

from odoo.tests import TransactionCase

from ...people import people

#: What most files say of a person.
COLUMNS = ("question:name", "question:company", "question:email", "question:phone", "question:need")


def Reader(desk):
    return _Reader(desk)


class _Reader:
    def __init__(self, desk):
        self.targets = desk.column_ids.sorted("position").mapped("target")

    def all(self, rows):
        return [
            (
                {
                    t: c
                    for t, c in zip(self.targets, cells, strict=False)
                    if t and c not in (None, "")
                },
                [],
            )
            for cells in rows
        ]


class ImportCase(TransactionCase):
    """A file that has been read, with its columns matched to questions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.steward = people(cls.env, "rep", "rival", "steward")
        cls.manager = people(cls.env, "keeper")[0]
        cls.france = cls.env.ref("base.fr")
        cls.env.company.country_id = cls.france
        cls.imports = cls.env["customer.sheet.import"]
        if not hasattr(cls.imports, "_row_reader"):  # STUB until the columns are there
            stub = patch.object(type(cls.imports), "_row_reader", Reader, create=True)
            cls.startClassPatcher(stub)

    def desk(self, *rows, columns=COLUMNS, user=None, host="crm.lead", **policy):
        """Return the import of these rows, as whoever has chosen the file."""
        user = user or self.rep
        desk = self.imports.create(
            {
                "name": "fair.xlsx",
                "user_id": user.id,
                "host": host,
                "state": "read",
                "column_ids": [
                    (
                        0,
                        0,
                        {
                            "position": position,
                            "header": target.rpartition(":")[2],
                            "target": target,
                        },
                    )
                    for position, target in enumerate(columns)
                ],
                "row_ids": [
                    (0, 0, {"line": line, "cells": list(cells)})
                    for line, cells in enumerate(rows, 2)
                ],
            }
        )
        desk = desk.with_user(user)
        if policy:
            desk.set_policy(policy)
        return desk

    def work(self, desk):
        """Let the job do all that it has to do."""
        self.env.flush_all()
        job = desk.sudo()
        while job.state == "running":
            job._advance()
        self.env.flush_all()
        self.env.invalidate_all()

    def checked(self, *rows, **options):
        """Return the import of these rows, reviewed."""
        desk = self.desk(*rows, **options)
        desk.check()
        self.work(desk)
        self.assertEqual(desk.state, "checked")
        return desk

    def imported(self, *rows, **options):
        """Return the import of these rows, run."""
        desk = self.checked(*rows, **options)
        desk.run()
        self.work(desk)
        self.assertEqual(desk.state, "done")
        return desk

    def figures(self, part):
        """Return ``{code: count}`` of the figures that are not zero."""
        return {each["code"]: each["count"] for each in part["figures"] if each["count"]}

    def only_own_contacts(self, operation):
        """Let reps do this with their own contacts only."""
        self.env["ir.rule"].create(
            {
                "name": "Own contacts",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('user_id', '=', user.id)]",
                "groups": [(4, self.env.ref("sales_team.group_sale_salesman").id)],
                **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), False),
                operation: True,
            }
        )

    def known_lead(self, user=None, **values):
        """Create a lead that is compared with others at once."""
        lead = self.env["crm.lead"].create(
            {
                "name": "HVAC",
                "contact_name": "Ada Lovelace",
                "partner_name": "Analytical Engines",
                "email_from": "ada@analytical-engines.fr",
                "user_id": (user or self.rep).id,
                "country_id": self.france.id,
                **values,
            }
        )
        lead._sheet_match_flush()
        return lead


def person(number, **said):
    """Return the cells of a person."""
    cells = {
        "name": f"Person{number} Family{number}",
        "company": f"Company {number}",
        "email": f"person{number}@company-{number}.fr",
        "phone": f"+33 4 72 00 {number // 100 % 100:02} {number % 100:02}",
        "need": "An engine",
        **said,
    }
    return list(cells.values())


ADA = ("Ada Lovelace", "Analytical Engines", "ada@analytical-engines.fr")
