"""A backup of before some erasures is restored on the same machine: nobody stays back (P4)."""

import subprocess
import tempfile

from .. import database
from . import scenario

BEFORE = """
people = env["res.partner"].create(
    [{"name": f"Zyx Quill {n}", "email": f"zyx{n}@quill.example"} for n in range(3)]
)
lead = env["crm.lead"].create(
    {"name": "Deal", "contact_name": "Zyx Quill", "partner_id": people[0].id}
)
env.cr.commit()
tell({"people": people.ids, "lead": lead.id})
"""
ERASE = """
late = env["res.partner"].create(
    [{"name": f"Late Quill {n}", "email": f"late{n}@quill.example"} for n in range(2)]
)
env.cr.commit()
erasures = env["customer.sheet.erasure"]
for record in (*env["res.partner"].browse(%(people)s), *late):
    assert erasures._erase_term(record, "Scenario")[record][0] == "erased"
    env.cr.commit()
env.registry.signal_changes()  # as a scheduled action does once it is done
tell({"late": late.ids})
"""
REPLAY = """
replay = env["customer.sheet.erasure.replay"].search([])
was = replay.display_name
replay.action_erase()
env.cr.commit()
env["customer.sheet.erasure.replay"]._cron_look()
env.cr.commit()
people = env["res.partner"].with_context(active_test=False).browse(%(people)s).exists()
tell({"was": was, "state": replay.state, "failure": replay.failure,
      "outcomes": sorted(replay.line_ids.mapped("outcome")),
      "names": people.mapped("name"), "emails": people.filtered("email").ids,
      "restricted": people.filtered("sheet_restricted_on").ids})
"""
ROW = "SELECT p::text FROM res_partner p WHERE id = ANY(%s) ORDER BY id"
GROUNDS = "SELECT id, sheet_restricted_ground FROM res_partner WHERE id = ANY(%s) ORDER BY id"


class TestRestore(scenario.Scenario):
    def setUp(self):
        super().setUp()
        self.name = self.database()

    def test_who_was_erased_after_the_backup_is_restricted_at_once_and_erased_again(self):
        known = scenario.told(self.name, BEFORE)
        backup = self.dump()
        late = scenario.told(self.name, ERASE % known)["late"]
        server = self.server(self.name, workers=2)
        client = server.client()
        self.restored_below(backup, client, known, late)
        server.stop()
        self.restored_at_rest(backup, known, late)

    def restored_below(self, backup, client, known, late):
        """Restore while the server runs: its next request notices it."""
        newcomers, before = self.restored(backup, known, late)
        self.assertEqual({ground for _id, ground in self.grounds(known)}, {None})
        client.call("res.partner", "search_count", [])
        self.assertEqual(self.grounds(known), [(each, "restored") for each in known["people"]])
        self.assertEqual(self.rows(self.name, ROW, [newcomers]), before)

    def restored_at_rest(self, backup, known, late):
        """Restore while nothing runs: it is noticed as soon as Odoo is there, and mended."""
        newcomers, before = self.restored(backup, known, late)
        told = scenario.told(self.name, REPLAY % known)
        self.assertEqual(told["was"], "Restored from before 5 erasures")
        self.assertEqual((told["state"], told["failure"]), ("done", False), told)
        self.assertEqual(set(told["outcomes"]), {"other", "erased"})
        self.assertFalse([name for name in told["names"] if "Quill" in name])
        self.assertEqual((told["emails"], told["restricted"]), ([], []))
        self.assertEqual(self.rows(self.name, ROW, [newcomers]), before)

    def restored(self, backup, known, late):
        """Restore; two people come, with numbers of two who were erased; them, and their rows."""
        self.restore(backup)
        newcomers = [self.newcomer(known["people"][0], number) for number in range(2)]
        self.assertEqual(newcomers, late, "the same numbers")
        return newcomers, self.rows(self.name, ROW, [newcomers])

    def grounds(self, known):
        """Why each of the people is restricted."""
        return self.rows(self.name, GROUNDS, [known["people"]])

    def newcomer(self, like, number):
        """A new contact, past Odoo: nothing of ours has looked at the restored database yet."""
        columns = [
            name
            for (name,) in self.rows(
                self.name,
                "SELECT attname FROM pg_attribute WHERE attrelid = 'res_partner'::regclass"
                " AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'create_date',"
                " 'name', 'complete_name', 'email', 'email_normalized', 'sheet_reference')",
            )
        ]
        names = ", ".join(f'"{name}"' for name in columns)
        [(found,)] = self.rows(
            self.name,
            f"INSERT INTO res_partner (create_date, name, complete_name, {names})"
            f" SELECT now() AT TIME ZONE 'UTC', %s, %s, {names} FROM res_partner WHERE id = %s"
            " RETURNING id",
            [f"Newcomer {number}", f"Newcomer {number}", like],
        )
        return found

    def dump(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.call("pg_dump", "-Fc", "-f", f"{folder}/backup", self.name)
        return f"{folder}/backup"

    def restore(self, backup):
        """Put a backup in the place of the database; the file store stays as it is."""
        database.query(
            scenario.bench(),
            "postgres",
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            f" WHERE datname = '{self.name}'",
        )
        self.call("dropdb", self.name)
        self.call("createdb", self.name)
        self.call("pg_restore", "--no-owner", "-d", self.name, backup)

    def call(self, *command):
        subprocess.run(command, env=scenario.bench().environment(), check=True)
