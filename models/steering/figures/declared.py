"""What a figure is: which records it counts, and which of them are as they should be."""

from typing import NamedTuple

from odoo.fields import Datetime, Domain

from ...sheet import clock

#: By which a figure is told apart: the column of a value, and the field of the records, or of
#: their contact, that says it.
DIMENSIONS = {
    "sector": ("sector", "sheet_sector"),
    "source": ("source_id", "sheet_source_id"),
    "segment": ("segment_id", "sheet_segment_id"),
    "team": ("team_id", "team_id"),
}
#: The followed segments of :mod:`..segments`: a record is in any number of them.
LIVE_SEGMENT = "live_segment_id"
COLUMN_NAMES = {
    **{column: name for name, (column, _field) in DIMENSIONS.items()},
    LIVE_SEGMENT: "live_segment",
}


class Kpi(NamedTuple):
    """A pair of counts with the domains of the records behind it.

    A share counts ``part`` of ``whole``.  Other figures sum two numbers over ``whole``: two fields
    (``sums``; one alone is summed and divided by the records), or the SQL that the host's method
    ``_sheet_kpi_<measure>_sql(alias)`` returns.  Domains hold conditions on fields alone, since
    lists open them; what is asked of no field gets a field with a search method.
    """

    code: str
    title: str
    #: What is counted, in words: shown where the figure is.
    words: str
    host: str
    whole: Domain
    part: Domain = Domain.TRUE
    measure: str = ""
    sums: tuple = ()
    #: Which numbers of the pair are money of the company: ``part``, ``whole``.
    money: tuple = ()
    #: ``share``, ``days`` (of them, also counted by day: median), ``amount``, or ``number``.
    unit: str = "share"
    #: Whether ``more`` or ``less`` is good.
    better: str = "more"
    #: Records that are not judged yet: counted apart from ``whole``, told beside it.
    missing: Domain = Domain.FALSE
    missing_words: str = ""
    #: Whether archived records count.
    archived: bool = False
    #: What else decides about the figure: where it changes, the curve is broken.
    version: str = ""
    #: Only this group sees it.
    group: str = ""
    #: Code of the room without which it is not counted.
    room: str = ""

    @property
    def definition(self):
        """What tells one definition from another; see :meth:`CustomerSheetKpi._kpis`."""
        domains = (list(self.whole), list(self.part), list(self.missing))
        return repr((self.host, *domains, self.measure, self.sums, self.archived, self.version))


def midnight(env, day):
    """Return when a day begins, as a domain says it.

    Days are those of the main company: what is added up over companies is of one day.
    """
    return Datetime.to_string(clock.midnight(clock.zone_of(clock.main_company(env)), day))


def since_midnight(env, name, first, end):
    """Return the domain of the records whose moment ``name`` is on one of these days.

    :param end: the day after the last
    """
    return Domain(name, ">=", midnight(env, first)) & Domain(name, "<", midnight(env, end))
