"""Until when: Regulation 1182/71, the French pause, Moroccan clear days, hours (P5)."""

from datetime import date, datetime, timedelta

import pytz
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.deadline import Period, deadline, hours_after, is_working

EU = Period("months", 1, extension=2)
FR = EU._replace(pauses=True)
MA = Period("days", 10, is_clear=True)
#: Of France in 2026 and on 1 January 2027, and the Moroccan 30 July.
HOLIDAYS = {
    *(date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14)),
    *(date(2026, 5, 25), date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1)),
    *(date(2026, 11, 11), date(2026, 12, 25), date(2027, 1, 1), date(2026, 7, 30)),
}

#: Received, law, what happened, and the last day on which to answer: worked out by hand.
CASES = [
    # a month, and days off at its end
    ("2026-05-18", EU, "", "2026-06-18"),
    ("2026-01-15", EU, "", "2026-02-16"),
    ("2026-03-07", EU, "", "2026-04-07"),
    ("2026-12-25", EU, "", "2027-01-25"),
    ("2026-06-14", EU, "", "2026-07-15"),
    ("2026-11-25", EU, "", "2026-12-28"),
    ("2026-12-01", EU, "", "2027-01-04"),
    ("2026-04-08", EU, "", "2026-05-11"),
    ("2026-03-06", EU, "", "2026-04-07"),
    ("2026-03-04", EU, "", "2026-04-07"),
    ("2026-07-15", EU, "", "2026-08-17"),
    ("2026-10-11", EU, "", "2026-11-12"),
    ("2026-04-14", EU, "", "2026-05-15"),
    ("2026-04-01", EU, "", "2026-05-04"),
    # ends of months, leap years
    ("2026-01-30", EU, "", "2026-03-02"),
    ("2026-01-31", EU, "", "2026-03-02"),
    ("2028-01-30", EU, "", "2028-02-29"),
    ("2028-01-29", EU, "", "2028-02-29"),
    ("2027-01-29", EU, "", "2027-03-01"),
    ("2026-03-31", EU, "", "2026-04-30"),
    ("2026-08-31", EU, "", "2026-09-30"),
    ("2026-12-31", EU, "", "2027-02-01"),
    ("2026-02-28", EU, "", "2026-03-30"),
    # more time
    ("2026-03-02", EU, "extended 2026-03-20", "2026-06-02"),
    ("2026-03-02", EU, "extended 2026-04-02", "2026-06-02"),
    ("2026-03-02", EU, "extended 2026-04-03", "2026-04-02"),
    ("2026-03-04", EU, "extended 2026-04-07", "2026-06-04"),
    ("2026-11-30", EU, "extended 2026-12-10", "2027-03-01"),
    ("2026-03-02", EU, "extended 2026-03-10, extended 2026-03-20", "2026-06-02"),
    # who is it?
    ("2026-03-02", FR, "asked 2026-03-04, proved 2026-03-14", "2026-04-13"),
    ("2026-03-02", EU, "asked 2026-03-04, proved 2026-03-14", "2026-04-02"),
    ("2026-03-02", FR, "asked 2026-03-04", None),
    ("2026-03-02", FR, "asked 2026-04-02, proved 2026-04-09", "2026-04-09"),
    ("2026-03-02", FR, "asked 2026-04-03, proved 2026-04-20", "2026-04-02"),
    (
        "2026-03-02",
        FR,
        "asked 2026-03-04, proved 2026-03-06, asked 2026-03-10, proved 2026-03-13",
        "2026-04-07",
    ),
    ("2026-03-02", FR, "asked 2026-03-04, asked 2026-03-08, proved 2026-03-14", "2026-04-13"),
    # both
    (
        "2026-03-02",
        FR,
        "asked 2026-03-04, proved 2026-03-14, extended 2026-04-10",
        "2026-06-12",
    ),
    (
        "2026-03-02",
        FR,
        "asked 2026-03-04, proved 2026-03-14, extended 2026-04-14",
        "2026-04-13",
    ),
    (
        "2026-03-02",
        FR,
        "asked 2026-03-04, extended 2026-04-20, proved 2026-04-24",
        "2026-07-23",
    ),
    # clear days
    ("2026-06-01", MA, "", "2026-06-12"),
    ("2026-06-02", MA, "", "2026-06-15"),
    ("2026-07-19", MA, "", "2026-07-31"),
    ("2026-06-01", MA, "asked 2026-06-02, proved 2026-06-09", "2026-06-12"),
    ("2026-06-01", MA._replace(is_clear=False), "", "2026-06-11"),
]

quick = settings(
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
holidays = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12)
periods = st.builds(
    Period,
    st.sampled_from(["days", "months"]),
    st.integers(1, 12),
    st.booleans(),
    st.integers(0, 6),
    st.booleans(),
)
happenings = st.lists(
    st.tuples(st.sampled_from(["asked", "proved", "extended"]), st.integers(0, 400)), max_size=6
)


def events(text):
    pairs = (each.split() for each in filter(None, text.split(", ")))
    return [(code, date.fromisoformat(day)) for code, day in pairs]


@tagged("post_install", "-at_install")
class TestPrivacyDeadline(BaseCase):
    def test_cases(self):
        self.assertGreaterEqual(len(CASES), 40)
        for received, period, happened, expected in CASES:
            with self.subTest(received=received, period=period, happened=happened):
                found = deadline(
                    date.fromisoformat(received), period, events(happened), HOLIDAYS
                ).due
                self.assertEqual(found, expected and date.fromisoformat(expected))

    def test_hours_run_through_weekends_and_summer_time(self):
        paris = pytz.timezone("Europe/Paris")
        for began, hours, ended in (
            ("2026-04-03 17:30", 72, "2026-04-06 17:30"),
            ("2026-03-28 10:00", 72, "2026-03-31 11:00"),
            ("2026-10-24 10:00", 72, "2026-10-27 09:00"),
            ("2026-12-31 23:59", 72, "2027-01-03 23:59"),
            ("2026-06-01 08:00", 96, "2026-06-05 08:00"),
        ):
            with self.subTest(began=began):
                moment = paris.localize(datetime.fromisoformat(began)).astimezone(pytz.utc)
                found = hours_after(moment, hours).astimezone(paris)
                self.assertEqual(found.strftime("%Y-%m-%d %H:%M"), ended)

    @quick
    @given(days, periods, holidays)
    def test_it_ends_on_the_first_working_day(self, received, period, off):
        due = deadline(received, period, (), off).due
        plain = (
            received + relativedelta(months=period.count)
            if period.unit == "months"
            else received + timedelta(days=period.count + period.is_clear)
        )
        self.assertGreaterEqual(due, plain)
        self.assertTrue(is_working(due, off))
        between = [plain + timedelta(days=each) for each in range((due - plain).days)]
        self.assertFalse([day for day in between if is_working(day, off)])

    @quick
    @given(days, st.integers(0, 20), st.integers(0, 200))
    def test_a_pause_gives_back_exactly_its_days(self, received, wait, pause):
        asked = received + timedelta(days=wait)
        proved = asked + timedelta(days=pause)
        found = deadline(received, FR, [("asked", asked), ("proved", proved)])
        plain = received + relativedelta(months=1) + timedelta(days=pause)
        while not is_working(plain):
            plain += timedelta(days=1)
        self.assertEqual(found.due, plain)

    @quick
    @given(days, periods, happenings)
    def test_every_date_explains_itself(self, received, period, happened):
        happened = [(code, received + timedelta(days=each)) for code, each in happened]
        found = deadline(received, period, happened)
        self.assertEqual(found.steps[-1].due, found.due)
        self.assertGreaterEqual(len(found.steps), 1 + len(happened))
        if found.due:
            self.assertGreaterEqual(found.due, deadline(received, period).due)
