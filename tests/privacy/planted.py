"""One person, written in every kind of place: what a search must find and an erasure empty."""

import base64
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from urllib.parse import quote

from odoo.tools import SQL

NAME, EMAIL, PHONE = "Anna Zyxquillé", "zyx.anna@zyxmail.example", "+33612345678"


def say(record, body, **values):
    """Write something on a record."""
    return record.message_post(body=body, **values)


def _zip(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _tar(data):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("x")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def _mail(text):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "somebody@example.com", "Hello"
    mail.set_content("x" * 60 + text + "é" * 90, cte="quoted-printable")
    mail.add_attachment(text.encode(), maintype="application", subtype="octet-stream")
    return mail.as_bytes()


FILES = {
    "plain text": f"Call {NAME}".encode(),
    "latin 1": f"Call {NAME}".encode("latin-1"),
    "of Windows": f"name;mail\n{NAME};x".encode("utf-16-le"),
    "a document": _zip(word="<w:t>Anna</w:t><w:t>Zyxquill\u00e9</w:t>"),
    "a zip in a zip": _zip(inner=_zip(text=EMAIL)),
    "an e-mail": _mail(NAME),
    "base64": base64.b64encode(f"Dear {NAME},".encode()),
    "json": b'{"name": "Anna Zyxquill\\u00e9"}',
    "runs of a document": _zip(word="<w:r><w:t>An</w:t></w:r><w:r>na Zyx</w:r><w:r>quillé</w:r>"),
    "gzip": gzip.compress(NAME.encode()),
    "tar": _tar(NAME.encode()),
    "RTF": rb"{\rtf1 Anna Zyxquill\'e9}",
    "a folded card": "NOTE:a friend of Zyx\r\n quillé".encode(),
    "title of a PDF": b"%PDF-1.4 /Title (\xfe\xff" + NAME.encode("utf-16-be") + b") >>",
    "compressed PDF": b"%PDF /FlateDecode >> stream\n"
    + zlib.compress(b"[(Anna Zyx)-12.5(quill\xe9)] TJ")
    + b"\nendstream",
    "base64 in JSON": json.dumps({"x": base64.b64encode(b"\0" + NAME.encode()).decode()}).encode(),
    "a subject in base64": b"Content-Type: text/plain\r\nSubject: =?utf-8?b?%s?=\r\n\r\nx"
    % base64.b64encode(NAME.encode()),
}
#: How people and systems write them in a text.
WRITTEN = {
    "JSON": json.dumps({"name": NAME}),
    "name over tags": "An<b>na</b> <i>Zyx</i>quillé",
    "typed together": "AnnaZyxquille.jpg",
    "soft hyphen": "Zyx&shy;quill&eacute;",
    "wrong encoding": NAME.encode().decode("latin-1"),
    "phone with blanks of HTML": "06&nbsp;12&nbsp;34&nbsp;56&nbsp;78",
    "phone over tags": "<b>06</b> <b>12</b> 34 56 78",
    "phone with dashes": "06\u201112\u201134\u201156\u201178",
    "e-mail over a tag": "zyx.anna<wbr>@zyxmail.example",
    "e-mail with an entity": "zyx.anna&#x40;zyxmail.example",
    "e-mail with a plus": "zyx.anna+news@zyxmail.example",
    "signs of direction": "\u200eAnna\u200f \u2066Zyx\u2069quillé",
    "hyphen at the end of a line": "Anna Zyx-\n  quillé",
    "entities throughout": "".join(f"&#x{ord(letter):x};" for letter in EMAIL),
    "escaped twice": "Anna Zyxquill&amp;eacute;",
    "URL in a URL": quote(quote(f"?n={NAME}")),
    "full width": "".join(chr(ord(c) + 0xFEE0) for c in "Zyxquille"),
    "other alphabets": "\u0410nna Zy\u0445quill\u0435",
    "e-mail in words": "zyx.anna [at] zyxmail [dot] example",
    "e-mail that bounced": "bounce+zyx.anna=zyxmail.example@x.example",
    "phone in Arabic digits": "٠٦ ١٢ ٣٤ ٥٦ ٧٨",
    "phone with stars": "06*12*34*56*78",
    "base64 of capitals": base64.b64encode(f"!{EMAIL.upper()}".encode()).decode(),
    "base64 of a phone": base64.b64encode(b"tel:0612345678").decode(),
    "base64": f'<img src="data:x;base64,{base64.b64encode(b"to " + EMAIL.encode()).decode()}">',
    "hex": f"x{EMAIL.upper().encode().hex()}",
    "hex of a phone": f"0x{PHONE.encode().hex().upper()}",
    "hex of a word": "Zyxquillé".encode("latin-1").hex(),
    "inside of a word": "dossierannazyxquillev2",
    "e-mail inside of a word": f"Mail{EMAIL}Tel",
    "with a number": "scan_Zyxquille2026.pdf",
}

ASKED = {"body": "Ask Anna Zyxquille about the roof"}
NOTE = {"body": "x"}


def planted(case):
    """Plant the person of a case in one place after the other.

    :param case: with ``anna``, who is planted, and ``other``, about whom the rows are
    :return: ``{label: (table, row)}``
    """
    env, found = case.env, {}

    def plant(label, record):
        found[label] = (record._table, record.id)
        return record

    def row(label, table, **values):
        names, given = zip(*values.items(), strict=True)
        env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                given,
            )
        )
        found[label] = (table, env.cr.fetchone()[0])

    partners, leads, other = env["res.partner"], env["crm.lead"], case.other
    plant("contact", case.anna)
    plant("lead by phone", leads.create({"name": "A", "phone": "06.12.34.56.78"}))
    plant("lead by e-mail", leads.create({"name": "B", "email_from": EMAIL.upper()}))
    plant("lead by name", leads.create({"name": "C", "description": f"<p>{NAME}</p>"}))
    plant("properties", partners.create({"name": "P", "comment": "Anna&nbsp;Zyxquill&eacute;"}))
    for label, body in {
        **WRITTEN,
        "note": f"Spoke to {NAME}",
        "without accents": "ANNA ZYXQUILLE",
        "narrow blank": NAME.replace(" ", "\u202f"),
        "tags": "Zyx<b>quill</b>é",
        "entities": "Zyxquill&eacute;",
        "turned": "Zyxquillé, Anna",
        "phone with dots": "06.12.34.56.78",
        "phone from abroad": "0033 (0)6 12 34 56 78",
        "link": "https://x.example/?m=zyx.anna%40zyxmail.example",
    }.items():
        message = plant(label, other.message_post(**NOTE))
        env.flush_all()
        env.cr.execute("UPDATE mail_message SET body = %s WHERE id = %s", [body, message.id])
    message = other.message_post(**NOTE)
    env.flush_all()
    for column in ("subject", "email_from", "incoming_email_cc", "reply_to", "message_id"):
        values = {"body": "x", "model": "res.partner", "res_id": other.id, column: f"<{EMAIL}>"}
        row(f"message: {column}", "mail_message", message_type="comment", **values)
    field = env["ir.model.fields"]._get("crm.lead", "partner_id").id
    row(
        "tracking",
        "mail_tracking_value",
        mail_message_id=message.id,
        field_id=field,
        old_value_char=NAME,
    )
    row("queued mail", "mail_mail", mail_message_id=message.id, email_to=EMAIL)
    row(
        "text message",
        "sms_sms",
        uuid="zyx",
        number="+33 6 12 34 56 78",
        body="x",
        state="outgoing",
    )
    row(
        "notification",
        "mail_notification",
        mail_message_id=message.id,
        notification_type="email",
        mail_email_address=EMAIL,
    )
    plant("activity", other.activity_schedule("mail.mail_activity_data_todo", note=f"Ask {NAME}"))
    plant(
        "meeting",
        env["calendar.event"].create(
            {"name": f"With {NAME}", "start": "2026-01-01", "stop": "2026-01-01"}
        ),
    )
    plant(
        "filter",
        env["ir.filters"].create(
            {"name": "x", "model_id": "res.partner", "domain": f"[('email', '=', '{EMAIL}')]"}
        ),
    )
    row(
        "server log",
        "ir_logging",
        name="x",
        type="server",
        path="x",
        func="x",
        line="1",
        message=f"sent to {EMAIL}",
    )
    row("bus", "bus_bus", channel="x", message=f'{{"name": "{NAME}"}}')
    plant("channel", env["discuss.channel"].create({"name": f"About {NAME}"}))
    plant("guest", env["mail.guest"].create({"name": NAME}))
    plant(
        "upload",
        env["base_import.import"].create({"res_model": "res.partner", "file_name": "x"}),
    )
    env.flush_all()
    env.cr.execute(
        "UPDATE base_import_import SET file = %s WHERE id = %s",
        [f"n\n{NAME}".encode("utf-16-le"), found["upload"][1]],
    )
    plant(
        "draft",
        env["mail.compose.message"].create(
            {
                "body": f"Dear {NAME}",
                "model": "res.partner",
                "composition_mode": "comment",
                "res_ids": f"[{other.id}]",
            }
        ),
    )
    plant(
        "external id",
        env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": f"contact_{EMAIL}",
                "model": "res.partner",
                "res_id": other.id,
            }
        ),
    )
    plant("objection", env["mail.blacklist"].create({"email": EMAIL}))
    plant("number not to call", env["phone.blacklist"].create({"number": PHONE}))
    plant(
        "bank account",
        env["res.partner.bank"].create(
            {"acc_number": "123456", "partner_id": other.id, "acc_holder_name": NAME}
        ),
    )
    plant("login", env["res.users"].create({"name": "x", "login": EMAIL}))
    row(
        "name of a key",
        "res_users_apikeys",
        name=NAME,
        user_id=env.uid,
        index="12345678",
        key="x",
    )
    plant("translation", env["product.template"].create({"name": f"Gift of {NAME}"}))
    plant("default", env["ir.default"].create({"field_id": field, "json_value": f'"{EMAIL}"'}))
    plant("campaign", env["utm.campaign"].create({"title": f"Birthday {NAME}"}))
    plant(
        "canned answer",
        env["mail.canned.response"].create({"source": "x", "substitution": EMAIL}),
    )
    plant("parameter", env["ir.config_parameter"].create({"key": "x.y", "value": EMAIL}))
    plant(
        "stakeholder",
        env["customer.sheet.stakeholder"].create(
            {"lead_id": leads.create({"name": "D"}).id, "name": NAME}
        ),
    )
    plant(
        "export",
        env["customer.sheet.export.log"].create(
            {"kind": "export", "res_model": "res.partner", "user_name": NAME}
        ),
    )
    plant(
        "merge",
        env["customer.sheet.merge"].create(
            {"host": "res.partner", "survivor_id": other.id, "survivor_name": NAME}
        ),
    )
    models, title, hers = env["ir.model"], {"name": "x"}, f"[('email', '=', '{EMAIL}')]"
    of_partners = {"model_id": models._get("res.partner").id}
    for label, model, vals in (
        ("page", "ir.ui.view", {"type": "qweb", "arch": f'<p title="{NAME}">{NAME} likes us</p>'}),
        ("template", "mail.template", {**of_partners, "body_html": f"<p>Dear {NAME}</p>"}),
        ("code", "ir.actions.server", {**of_partners, "state": "code", "code": f"# {EMAIL}"}),
        ("action", "ir.actions.act_window", {"res_model": "res.partner", "domain": hers}),
        ("category", "res.partner.category", {"name": "Zyxquillé"}),
        ("team", "crm.team", {"name": f"Friends of {NAME}"}),
        ("reason", "crm.lost.reason", {"name": f"{NAME} said no"}),
        ("segment", "customer.sheet.segment", {"model": "res.partner", "domain": hers}),
        ("address of a file", "ir.attachment", {"type": "url", "url": f"https://x/?{EMAIL}"}),
        ("file in the database", "ir.attachment", {"res_model": "res.partner"}),
    ):
        plant(label, env[model].create({**title, **vals}))
    row("failed mail", "mail_mail", mail_message_id=message.id, failure_reason=f"550 <{EMAIL}>")
    row(
        "failed notification",
        "mail_notification",
        mail_message_id=message.id,
        notification_type="email",
        mail_email_address="x@x.example",
        failure_reason=f"No such user {EMAIL}",
    )
    french = plant("language that nobody uses", env["product.template"].create(title))
    plant("barcode of a company", partners.create({"name": "Q", "barcode": f"{EMAIL}"}))
    attachments = env["ir.attachment"]
    for label, data in FILES.items():
        plant(f"file: {label}", attachments.create({"name": "x", "raw": data}))
    plant("name of a file", attachments.create({"name": f"{NAME}.pdf", "raw": b"x"}))
    indexed = plant("text of a file", attachments.create({"name": "x", "raw": b"y"}))
    tags = ("Anna Zyxquille", "ANNA ZYXQUILLE", NAME)  # cut, they would all be called the same
    for number, name in enumerate(tags):
        plant(f"tag {number}", env["crm.tag"].create({"name": name}))
    guest_note = plant("note of a guest", other.message_post(**NOTE))
    told = other.message_post(**NOTE)
    of_lead = plant("properties of a lead", leads.create({"name": "E"}))
    of_team = plant("properties of a team", env["crm.team"].create({"name": "T"}))
    env.flush_all()
    for sql, *values in (
        (
            "UPDATE mail_message SET body = %s, author_id = NULL, author_guest_id = %s"
            " WHERE id = %s",
            f"Here is {NAME}",
            found["guest"][1],
            guest_note.id,
        ),
        (
            "UPDATE crm_lead SET lead_properties = %s WHERE id = %s",
            json.dumps({"a": [EMAIL]}),
            of_lead.id,
        ),
        (
            "UPDATE product_template SET description_sale = %s WHERE id = %s",
            json.dumps({"en_US": "x", "br_FR": f"Evit {NAME}"}),
            french.id,
        ),
        (
            "UPDATE ir_attachment SET db_datas = %s, res_id = %s WHERE id = %s",
            f"Signed by {NAME}".encode(),
            other.id,
            found["file in the database"][1],
        ),
        (
            "UPDATE crm_team SET lead_properties_definition = %s WHERE id = %s",
            json.dumps([{"name": "a", "type": "char", "default": NAME}]),
            of_team.id,
        ),
    ):
        env.cr.execute(sql, values)
    row(
        "text of a tracking",
        "mail_tracking_value",
        mail_message_id=told.id,
        field_id=field,
        new_value_text=f"<p>{NAME}</p>",
    )
    env.cr.execute("UPDATE ir_attachment SET index_content = %s WHERE id = %s", [NAME, indexed.id])
    env.cr.execute("CREATE TABLE x_toy (id int, secret_nickname varchar, data bytea, tags text[])")
    for number, values in enumerate(
        [(NAME, None, None), (None, FILES["base64"], None), (None, None, [EMAIL])], 1
    ):
        env.cr.execute("INSERT INTO x_toy VALUES (%s, %s, %s, %s)", [number, *values])
        found[f"toy {number}"] = ("x_toy", number)
    address = partners.create({"name": "Home", "parent_id": case.anna.id, "type": "delivery"})
    plant("address", address)
    plant(
        "follower",
        env["mail.followers"].create(
            {"res_model": "res.partner", "res_id": other.id, "partner_id": case.anna.id}
        ),
    )
    return found
