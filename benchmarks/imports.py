"""The import desk at scale: a file of twenty columns, as salespeople keep them."""

import base64
import random
import resource
import time
from datetime import date, timedelta

import unchanged
import xlsxwriter

HEADERS = (
    "Société|Contact|Fonction|E-mail|Tél|Adresse|CP|Ville|Pays|Site web|Effectif|CA annuel|Origine"
    "|1er contact|Besoin|Budget|Échéance|Typologie|Secteur|Commentaires"
).split("|")
FIRST = "Ada Salma Paul Marie Omar Julie Karim Sophie Luc Nadia Hugo Leila Jean Fatima Yves".split()
TRADES = "Industrie Conseil Services Méca Logistique Fonderie Textiles Optique".split()
TOWNS = ("69003 Lyon", "75011 Paris", "01000 Bourg", "13001 Marseille", "33000 Bordeaux")
NEEDS = ("Devis pour 3 machines", "Audit énergie", "Maintenance", "à rappeler", "")
#: Of so many rows, one has no zero before its postal code, is in capitals, has no address.
ODD = 25


def write(path, rows, seed):
    """Write so many rows as a workbook."""
    draw = random.Random(seed)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate([HEADERS, *(_row(draw, n, seed) for n in range(rows))]):
        sheet.write_row(number, 0, cells)
    book.close()


def _row(draw, number, seed):
    first, last = draw.choice(FIRST), _name(draw)
    firm = f"{_name(draw)} {draw.choice(TRADES)}"
    zip_code, town = draw.choice(TOWNS).split()
    host = f"{firm.split()[0].lower()}-{number % 9000}.fr"
    known = number % ODD
    day = date(2025, 1, 1) + timedelta(days=draw.randrange(600))
    return [
        firm.upper() if known == 1 else firm,
        f"{last.upper()} {first}" if known == 2 else f"{first} {last}",
        "Acheteur",
        "" if known == 3 else f"{first}.{last}{number}@{host}".lower(),
        f"+33 4 7{seed % 10} {number // 10_000:02} {number // 100 % 100:02} {number % 100:02}",
        f"{number % 200} rue de {_name(draw)}",
        int(zip_code) if known == 4 else zip_code,
        town,
        "France",
        f"www.{host}",
        "11-50",
        "",
        draw.choice(("Salon", "Site web", "LinkedIn", "?")),
        f"{day:%d/%m/%Y}",
        draw.choice(NEEDS),
        draw.randrange(1, 90) * 1000,
        f"{day + timedelta(days=700):%d/%m/%Y}",
        "B2B",
        "Industrie",
        f"vu {number}" if known else "",
    ]


def _name(draw):
    pairs = (draw.choice("bcdfglmnprstv") + draw.choice("aeiou") for _n in range(3))
    return "".join(pairs).capitalize()


def prepare(env):
    """Give all records their keys, and leave no job anything to do: as in a base in use."""
    env["customer.sheet.unfinished"]._cron_finish()
    pairs = env["customer.sheet.duplicate"]
    pairs._fill_anew()
    for host in ("res.partner", "crm.lead"):
        while (cursor := pairs._filled_up_to(host)) is not None:
            pairs._fill_batch(host, cursor)
            env.cr.commit()
    env.cr.execute("DELETE FROM customer_sheet_match_dirty")
    env.cr.commit()


class Desk:
    """One import by a data steward, step by step, as the job does it."""

    def __init__(self, env, path):
        user = env["res.users"].search([("login", "=", "bench")])
        user.group_ids += env.ref("crm_customer_sheet.group_sheet_steward")
        env.cr.commit()
        self.env = env
        self.times = {}
        with open(path, "rb") as file:
            self.content = base64.b64encode(file.read()).decode()
        self.desks = env["customer.sheet.import"].with_user(user)

    def read(self):
        """Read the file and look it through."""
        self._step("read", self._begin)

    def _begin(self):
        name = "bench.xlsx"
        self.desk = self.desks.browse(self.desks.begin(name, self.content, "crm.lead")["id"])
        self.content = None
        self.desk.look_through()

    def review(self):
        """Compare each row with the others and with the base."""
        self._step("review", self.desk.check)

    def run(self):
        """Import the rows, then do what the jobs have left to do."""
        self._step("run", self.desk.run)
        self._step("finish", self.finish)

    def finish(self):
        """Let the jobs give all records their keys, scores and possible duplicates."""
        self.env["customer.sheet.unfinished"]._cron_finish()
        pairs = self.env["customer.sheet.duplicate"]
        while pairs._match_dirty():
            self.env.cr.commit()
        self.env.cr.commit()

    def take_back(self):
        """Take the import back."""
        self._step("undo", self.desk.take_back)

    def _step(self, name, work):
        start = time.perf_counter()
        work()
        job = self.desk.sudo()
        self.env.cr.commit()
        while job.state == "running":
            job._advance()
            self.env.cr.commit()
            self.env.invalidate_all()
        self.times[name] = time.perf_counter() - start


def look(env, path):
    """Seconds of reading and reviewing a file, and the megabytes that the process had at most."""
    desk = Desk(env, path)
    desk.read()
    desk.review()
    return {
        "seconds": sum(desk.times.values()),
        "steps": desk.times,
        "rows": desk.desk.total,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run(env, path, known):
    """Seconds of importing a file, of what follows, and of taking it back.

    :param known: a file with some of the same customers, who are there before
    """
    _know(env, known)
    desk = Desk(env, path)
    desk.read()
    desk.desk.set_policy({"existing": "overwrite"})
    desk.review()
    before = unchanged.Before(env)
    desk.run()
    leads = len(desk.desk.row_ids.lead_id)
    desk.take_back()
    desk.finish()
    if not leads:
        raise ValueError("No leads were made.")
    steps = {name: desk.times[name] for name in ("run", "finish", "undo")}
    figure = {"seconds": sum(steps.values()), "steps": steps, "rows": leads}
    return {**figure, "changed": before.differences()}


def _know(env, path):
    """Have these customers as leads of which less is known than what the file says."""
    desk = Desk(env, path)
    desk.read()
    desk.review()
    desk.run()
    leads = desk.desk.row_ids.lead_id
    leads[::2].write({"city": False, "function": False})
    leads[1::2].write({"city": "Nantes"})
    env.flush_all()
    desk.finish()
