"""A million messages, and the first page of the journal of customers with few and with many."""

import random

CUSTOMERS = 100  # whose journal is opened
#: Of twenty messages one is about the customer of whom there are most.
ONE_CUSTOMER = 20

#: Half of them on contacts, half on leads; every fifth notes that a lead went on.
MESSAGES = """
    WITH leads AS (SELECT array_agg(id ORDER BY id) AS ids FROM crm_lead),
         contacts AS (SELECT array_agg(id ORDER BY id) AS ids FROM res_partner
                       WHERE name LIKE 'Person %%' OR name LIKE 'Firm %%'),
         most AS (SELECT id FROM res_partner WHERE name = 'Firm 3')
    INSERT INTO mail_message (model, res_id, date, message_type, subtype_id, author_id, subject,
        body, is_internal, create_uid, write_uid, create_date, write_date)
    SELECT CASE WHEN is_lead THEN 'crm.lead' ELSE 'res.partner' END,
           CASE WHEN is_lead THEN leads.ids[1 + n %% cardinality(leads.ids)]
                WHEN n %% %(one)s = 0 THEN most.id
                ELSE contacts.ids[1 + n %% cardinality(contacts.ids)] END,
           now() - n * interval '3 minutes',
           CASE n %% 5 WHEN 0 THEN 'email' WHEN 1 THEN 'notification' ELSE 'comment' END,
           CASE WHEN n %% 3 = 0 THEN %(note)s ELSE %(comment)s END,
           %(author)s, 'About offer ' || n,
           '<p>We have talked about the line of packaging, and about offer <b>' || n ||
           '</b>. They would like to see it at work before they decide, and ask for a date.</p>',
           false, 1, 1, now(), now()
      FROM (SELECT n, n %% 2 = 1 AS is_lead FROM generate_series(1, %(count)s) n) made,
           leads, contacts, most;
    INSERT INTO mail_tracking_value (mail_message_id, field_id, old_value_char, new_value_char)
    SELECT id, %(stage)s, 'New', 'Qualified' FROM mail_message
     WHERE model = 'crm.lead' AND message_type = 'notification'
"""


def fill(env, messages):
    """Make the messages, past the ORM."""
    env.cr.execute(
        MESSAGES,
        {
            "count": messages,
            "one": ONE_CUSTOMER,
            "note": env.ref("mail.mt_note").id,
            "comment": env.ref("mail.mt_comment").id,
            "author": env.ref("base.partner_admin").id,
            "stage": env["ir.model.fields"]._get("crm.lead", "stage_id").id,
        },
    )


def customers(env):
    """Return ids of contacts to open the journal of: any, and the one of whom there is most."""
    contacts = env["res.partner"].search([("name", "=like", "Firm %")], order="id")
    most = contacts.filtered(lambda contact: contact.name == "Firm 3")
    some = min(CUSTOMERS - 1, len(contacts))
    return [*random.Random(1).sample(contacts.ids, some), most.id]
