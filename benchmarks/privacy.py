"""The rights of one person in a large database, and what others notice of it."""

import threading
import time

import journal

from odoo import Command, fields
from odoo.tools import SQL

import data

OFFICER = "crm_customer_sheet.group_sheet_privacy"
#: Two messages a contact, and a lead for every fifth.
MESSAGES, LEADS = 2, 0.2
#: What others may wait for a lock, in milliseconds: beyond, PostgreSQL refuses them.
LOCK = 200
#: Between two changes of somebody else, in seconds.
PAUSE = 0.01


def fill(env, contacts):
    """Make records with dates of seven years, and two privacy officers."""
    data.fill(env, contacts, round(contacts * LEADS))
    journal.fill(env, contacts * MESSAGES)
    env.cr.execute(
        "UPDATE res_partner SET create_date = now() - id % 2500 * interval '1 day'"
        " WHERE name LIKE 'Person %' OR name LIKE 'Firm %'"
    )
    for number in range(2):
        env["res.users"].create(
            {
                "name": f"Officer {number}",
                "login": f"officer{number}",
                "email": f"officer{number}@company.example",
                "group_ids": [Command.link(env.ref(OFFICER).id)],
            }
        )


def measure(env):
    """Do all of it once; return the seconds of each, and what others had to wait."""
    officers = [env["res.users"].search([("login", "=", f"officer{n}")]) for n in range(2)]
    first = env(user=officers[0])
    person = first["res.partner"].search([("name", "=", "Person 1001")])
    steps = {}

    def timed(name, work):
        start = time.perf_counter()
        found = work()
        env.cr.commit()
        env.invalidate_all()
        steps[name] = time.perf_counter() - start
        return found

    run = env["customer.sheet.retention.run"].create({})
    timed("retention preview", run._look)
    activities = env["customer.sheet.processing"].search([])
    timed("register counts", lambda: activities.mapped("people"))
    erasure = timed("preview", lambda: first["customer.sheet.erasure"]._start(person))
    timed("scan", lambda: _searched(env, erasure.sudo()))
    _approve(erasure, officers)
    with Others(env, person) as others:
        timed("erasing", lambda: _steps_before(erasure.sudo(), "scan"))
    timed("residual scan", lambda: _steps_before(erasure.sudo(), "certificate"))
    timed("certificate", erasure.sudo()._advance)
    if erasure.state != "done":
        raise ValueError(f"The erasure is not over: {erasure.state} {erasure.left_text}")
    return {
        "seconds": sum(steps.values()),
        "people": env["res.partner"].search_count([]),
        "steps": steps,
        "others": others.changes,
        "others_most": 1000 * others.most,
        "others_refused": others.refused,
    }


def _searched(env, erasure):
    search = erasure.search_ids[:1]
    while search.state == "running":
        search._advance()
        env.cr.commit()
    erasure._look_elsewhere()


def _approve(erasure, officers):
    """Decide what is open, and let the second officer approve."""
    erasure.sudo().text_ids.filtered(lambda text: not text.decision).decision = "cut"
    erasure.sudo().is_changed = False
    erasure.backups_until = fields.Date.add(fields.Date.today(), days=30)
    erasure.action_ask()
    erasure.with_user(officers[1]).action_approve()
    erasure.action_erase()
    erasure.env.cr.commit()


def _steps_before(erasure, last):
    while erasure.state == "running" and erasure._steps()[erasure.done] != last:
        erasure._advance()
        erasure.env.cr.commit()


class Others(threading.Thread):
    """Somebody who goes on working: changes of other contacts and leads, and new messages.

    ``changes`` counts them, ``most`` is the longest in seconds, ``refused`` those that would have
    waited longer than ``LOCK`` for a lock.
    """

    def __init__(self, env, person):
        super().__init__(daemon=True)
        self.registry, self.person = env.registry, person.id
        self.over = threading.Event()
        self.changes, self.refused, self.most = 0, 0, 0.0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        self.join()

    def run(self):
        """Change something every few milliseconds until it is over."""
        while not self.over.wait(PAUSE):
            start = time.perf_counter()
            try:
                with self.registry.cursor() as cursor:
                    cursor.execute(SQL("SET LOCAL lock_timeout = %s", LOCK))
                    self._change(cursor)
            except Exception as error:
                if getattr(error, "pgcode", "") != "55P03":  # lock_not_available
                    raise
                self.refused += 1
            self.changes += 1
            self.most = max(self.most, time.perf_counter() - start)

    def _change(self, cursor):
        row = self.person + 1 + self.changes * 7919 % 100_000
        for table in ("res_partner", "crm_lead"):
            cursor.execute(
                SQL(
                    "UPDATE %s SET write_date = now() WHERE id = %s",
                    SQL.identifier(table),
                    row,
                )
            )
        cursor.execute(
            SQL(
                "INSERT INTO mail_message (model, res_id, message_type, body) SELECT"
                " 'res.partner', id, 'comment', 'On we go' FROM res_partner WHERE id = %s",
                row,
            )
        )
