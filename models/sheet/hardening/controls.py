from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import config

from ..controls.control import Control, Finding
from ..fields import HOSTS, STEWARD

SYSTEM = "base.group_system"
MANAGER = "crm_customer_sheet.group_sheet_manager"
PRIVACY = "crm_customer_sheet.group_sheet_privacy"
#: Groups whose people see much of everybody.
KEEPERS = (STEWARD, PRIVACY)
#: Groups whose people may well export.
EXPORTERS = (*KEEPERS, SYSTEM)
#: Users that come with Odoo, or with demonstration data, and their first passwords.
SHIPPED = ("admin", "demo", "portal", "sales", "steward", "privacy")
#: How many months somebody's word counts.
ATTESTED = 12
#: Whoever has a role that opens much and does not sign in for so long needs it no more.
MOST_AWAY = timedelta(days=180)


class CustomerSheetControl(models.Model):
    """Security (D11): what Odoo can see of it is looked at, the rest is attested."""

    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "https",
                "security",
                self.env._("Pages are reached by https"),
                self.env._("Passwords and answers of visitors travel over this link."),
                "base.ir_config_list_action",
                SYSTEM,
            ),
            Control(
                "database_link",
                "security",
                self.env._("The link to the database is encrypted, or does not leave the server"),
                self.env._("Everything that is known of customers passes there."),
                who=SYSTEM,
            ),
            Control(
                "mail_servers",
                "security",
                self.env._("Mails leave by an encrypted link"),
                self.env._("Mails to customers carry their names and their business."),
                "base.action_ir_mail_server_list",
                SYSTEM,
            ),
            Control(
                "database_list",
                "security",
                self.env._("Databases are not listed to visitors"),
                self.env._("The list invites to copy or delete a database."),
                who=SYSTEM,
            ),
            Control(
                "master_password",
                "security",
                self.env._("The master password was changed"),
                self.env._("Whoever knows it can download the whole database."),
                who=SYSTEM,
            ),
            Control(
                "shipped_passwords",
                "security",
                self.env._("Nobody has a password that came with the software"),
                self.env._("Everybody knows them."),
                who=SYSTEM,
                nightly=True,
            ),
            Control(
                "two_factors",
                "security",
                self.env._("Whoever may change everything signs in with a second factor"),
                self.env._("One stolen password would open all customer data."),
                who=SYSTEM,
            ),
            Control(
                "keepers",
                "security",
                self.env._("Stewards and privacy officers use their role"),
                self.env._("A role that nobody uses is an open door that nobody watches."),
                who=SYSTEM,
            ),
            Control(
                "api_keys",
                "security",
                self.env._("Every key for programs has an end"),
                self.env._("A key that never ends outlives the people and the reasons."),
                "base.action_apikeys_admin",
                SYSTEM,
            ),
            Control(
                "exporters",
                "security",
                self.env._("Only those who look after the data may export it"),
                self.env._("A list of customers leaves easiest as a file."),
                who=SYSTEM,
            ),
            Control(
                "outsiders",
                "security",
                self.env._("Portal users and visitors can read nothing of a sheet"),
                self.env._("What is noted about customers is not for customers' eyes."),
                who=SYSTEM,
            ),
            *self._attested_controls(),
        ]

    @api.model
    def _attested_controls(self):
        texts = {
            "disks": (
                self.env._("The server's disks are encrypted"),
                self.env._("Whoever carries a disk away must not be able to read it."),
            ),
            "backups": (
                self.env._(
                    "Backups are encrypted, restored once for practice, and end on a known day"
                ),
                self.env._(
                    "What was erased lives on in backups until they end: people may ask when."
                ),
            ),
            "hosting": (
                self.env._("The country and the host of the server are known and written down"),
                self.env._("The register of processing and every notice name them."),
            ),
        }
        return [
            Control(code, "security", title, why, months=ATTESTED)
            for code, (title, why) in texts.items()
        ]

    # -- the server --------------------------------------------------------------

    def _check_https(self):
        url = self.env["ir.config_parameter"].get_param("web.base.url") or ""
        return Finding(url.startswith("https://"), url)

    def _fix_https(self):
        return self._action(
            "base.ir_config_list_action", domain=[("key", "=like", "web.base.url%")], context={}
        )

    def _check_database_link(self):
        is_local, is_encrypted = self._database_link()
        if is_local:
            return Finding(True, self.env._("The database is on this server."))
        if is_encrypted:
            return Finding(True, self.env._("The link is encrypted."))
        return Finding(False, self.env._("The link crosses the network unencrypted."))

    @api.model
    def _database_link(self):
        """Return whether the database is on this server, and whether the link is encrypted."""
        self.env.cr.execute(
            "SELECT inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8'"
            " OR inet_server_addr() = '::1', ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        return self.env.cr.fetchone() or (False, False)

    def _fix_database_link(self):
        return self._told(self.env._("In Odoo's configuration file: db_sslmode = require."))

    def _check_mail_servers(self):
        servers = self.env["ir.mail_server"].search(Domain.TRUE)
        plain = servers.filtered(lambda server: server.smtp_encryption == "none")
        if plain:
            names = ", ".join(plain.mapped("name"))
            return Finding(False, self.env._("Not encrypted: %(names)s.", names=names))
        if servers:
            return Finding(True, self.env._("Servers: %(count)s.", count=len(servers)))
        is_fine = config["smtp_ssl"] or config["smtp_server"] in ("localhost", "127.0.0.1")
        said = self.env._(
            "As the configuration file says: %(server)s.", server=config["smtp_server"]
        )
        return Finding(bool(is_fine), said)

    def _check_database_list(self):
        return Finding(not config["list_db"])

    def _fix_database_list(self):
        return self._told(self.env._("In Odoo's configuration file: list_db = False."))

    def _check_master_password(self):
        kept = config["admin_passwd"] or ""  # as text or hashed
        return Finding(not self._is_shipped("admin", kept))

    def _fix_master_password(self):
        return self._told(
            self.env._("In Odoo's configuration file: a long admin_passwd of your own.")
        )

    # -- people --------------------------------------------------------------------

    def _check_shipped_passwords(self):
        users = self.env["res.users"].search([("login", "in", SHIPPED)])
        found = users.filtered(lambda user: self._is_shipped(user.login, self._kept(user)))
        names = ", ".join(found.mapped("login"))
        return Finding(not found, found and self.env._("Still as shipped: %(names)s.", names=names))

    @api.model
    def _kept(self, user):
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        return self.env.cr.fetchone()[0] or ""

    @api.model
    @tools.ormcache("login", "kept")
    def _is_shipped(self, login, kept):
        """Return whether what is kept of a password is of the login; that takes time by design."""
        context = self.env["res.users"]._crypt_context()
        return bool(context.identify(kept)) and context.verify(login, kept)

    def _fix_shipped_passwords(self):
        return self._users([("login", "in", SHIPPED)])

    @api.model
    def _mighty(self):
        groups = (SYSTEM, MANAGER, PRIVACY)
        return self._of_groups(groups)

    @api.model
    def _of_groups(self, names):
        """Return the domain of internal users in any of these groups."""
        ids = [self.env.ref(name).id for name in names]
        return Domain("share", "=", False) & Domain("all_group_ids", "in", ids)

    @api.model
    def _users(self, domain):
        """Return the action that shows users."""
        return self._action("base.action_res_users", domain=list(Domain(domain)), context={})

    def _check_two_factors(self):
        users = self.env["res.users"].search(self._mighty())
        if "totp_enabled" not in users._fields:
            return Finding(False, self.env._("The app for two factors is not installed."))
        without = users.filtered(lambda user: not user.totp_enabled)
        return Finding(
            not without,
            self.env._(
                "People who have it: %(done)s of %(all)s.",
                done=len(users) - len(without),
                all=len(users),
            ),
        )

    def _fix_two_factors(self):
        return self._users(self._mighty())

    @api.model
    def _idle_keepers(self):
        """Return who was given such a role long ago and has not signed in for half a year."""
        groups = [self.env.ref(name).id for name in KEEPERS]
        since = fields.Datetime.now() - MOST_AWAY
        named = [
            ("share", "=", False),
            ("group_ids", "in", groups),
            ("create_date", "<", since),
            "!",
            ("log_ids", "any", [("create_date", ">=", since)]),
        ]
        return self.env["res.users"].search(named)

    def _check_keepers(self):
        idle = self._idle_keepers()
        names = ", ".join(idle.mapped("name"))
        return Finding(
            not idle, idle and self.env._("Away for half a year: %(names)s.", names=names)
        )

    def _fix_keepers(self):
        return self._users([("id", "in", self.sudo()._idle_keepers().ids)])

    def _check_api_keys(self):
        keys = self.env["res.users.apikeys"].search(Domain.TRUE)
        endless = keys.filtered(lambda key: not key.expiration_date)
        return Finding(
            not endless,
            self.env._("%(endless)s of %(all)s have no end.", endless=len(endless), all=len(keys)),
        )

    @api.model
    def _unexpected_exporters(self):
        users = self.env["res.users"]
        may = self._of_groups(["base.group_allow_export"])
        works = self._of_groups(["crm_customer_sheet.group_sheet_user"])
        return users.search(may & works) - users.search(self._of_groups(EXPORTERS))

    def _check_exporters(self):
        count = len(self._unexpected_exporters())
        return Finding(not count, self.env._("Others who may export: %(count)s.", count=count))

    def _fix_exporters(self):
        return self._users([("id", "in", self.sudo()._unexpected_exporters().ids)])

    def _check_outsiders(self):
        rows, fields_ = self._open_to_outsiders()
        names = ", ".join([*rows, *fields_])
        return Finding(not names, names and self.env._("Can be read: %(names)s.", names=names))

    @api.model
    def _open_to_outsiders(self):
        """Return the models and the fields of ours that portal users or visitors can read."""
        groups = self.env.ref("base.group_portal") + self.env.ref("base.group_public")
        access = self.env["ir.model.access"].search(
            [
                ("perm_read", "=", True),
                ("model_id.model", "=like", "customer.sheet.%"),
                "|",
                ("group_id", "=", False),
                ("group_id", "in", groups.ids),
            ]
        )
        visitor = self.env.ref("base.public_user")
        found = [
            f"{host}.{name}"
            for host in HOSTS
            for name, field in self.env[host]._fields.items()
            if name.startswith("sheet_")
            and self.env[host].with_user(visitor)._has_field_access(field, "read")
        ]
        return access.model_id.mapped("model"), found

    def _fix_outsiders(self):
        models_, _fields = self._open_to_outsiders()
        domain = [("model_id.model", "in", models_)]
        return self._action("base.ir_access_act", domain=domain, context={})
