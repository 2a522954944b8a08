"""The vocabulary of the ledger, and the SQL that its models share."""

from odoo import fields
from odoo.tools import SQL

STATES = [
    ("requested", "Requested"),
    ("given", "Given"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("renewed", "Renewed"),
    ("expired", "Expired"),
    ("objected", "Objection"),
    ("annulled", "Noted by mistake"),
    ("informed", "Informed"),
    ("joined", "Joined with another person"),
    ("split", "Split from another person"),
    ("linked", "Known by another sheet"),
    ("erased", "Readable part erased"),
]

METHODS = [
    ("web_form", "Web form"),
    ("phone", "Phone"),
    ("meeting", "Meeting"),
    ("paper", "Paper"),
    ("email", "E-mail"),
    ("double_opt_in", "Double opt-in"),
    ("preference_centre", "Preference centre"),
    ("one_click", "Unsubscribe link"),
    ("blacklist", "Do-not-contact list"),
    ("import", "Import"),
    ("api", "API"),
    ("system", "Automatic"),
]

ACTORS = [("subject", "The person"), ("user", "A user"), ("system", "The application")]

#: The kind of contact point behind a channel: who refuses calls has not refused messages,
#: but both go by the same number.
POINT_OF_CHANNEL = {"email": "email", "phone": "phone", "sms": "phone", "post": "post"}

#: Who sees the evidence.
PRIVACY_OFFICER = "crm_customer_sheet.group_sheet_privacy"


def word_of(record, name):
    """Return the label of the value of a selection field, or False."""
    labels = dict(record._fields[name]._description_selection(record.env))
    return labels.get(record[name], False)


def digest(string, **attributes):
    """Return a hash or a reference to one."""
    return fields.Char(string, readonly=True, **attributes)


def roots_sql(ids):
    """Return a SELECT of ``(id, root)``: who the subjects ``ids`` are, after all joins.

    Joins that somebody has bent into a ring would go on for ever: all in it are its first.
    """
    return SQL(
        """
        WITH RECURSIVE up AS (
            SELECT id, id AS root, ARRAY[id] AS path
              FROM customer_sheet_consent_subject WHERE id IN %s
             UNION ALL
            SELECT up.id, s.joined_into_id, up.path || s.joined_into_id FROM up
              JOIN customer_sheet_consent_subject s ON s.id = up.root
             WHERE s.joined_into_id <> ALL(up.path)
        )
        SELECT up.id,
               CASE WHEN s.joined_into_id IS NULL THEN up.root ELSE (
                   SELECT min(ring) FROM unnest(
                       up.path[array_position(up.path, s.joined_into_id):]) ring
               ) END AS root
          FROM up
          JOIN customer_sheet_consent_subject s ON s.id = up.root
         WHERE s.joined_into_id IS NULL OR s.joined_into_id = ANY(up.path)
        """,
        ids,
    )
