"""A private PostgreSQL cluster, or the server that PGHOST names.

The private cluster is for development and tests: it does not wait for the disk
(fsync=off), so a power cut may lose it. Everything in it can be made again.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from contextlib import contextmanager

from . import console, paths, system

ACCOUNT = "postgres"  # who the cluster runs as when we are root
ROLE = "customer_sheet"  # Odoo refuses to work as `postgres`
OLDEST = 13
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_connections": "200",
    "logging_collector": "off",
}


@contextmanager
def running():
    """Environment variables that reach the server, which runs as long as it is used.

    Every command of ours holds a shared lock while it uses the private cluster;
    the one that can take the lock for itself at the end was the last: it stops it.
    """
    if os.environ.get("PGHOST"):
        system.need("psql")
        _refuse_postgres_user()
        yield {name: text for name, text in os.environ.items() if name.startswith("PG")}
        return
    system.need("postgresql")
    cluster = Cluster()
    with open(paths.folder("locks") / "postgres-users", "w", encoding="utf-8") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with paths.lock("postgres", "starting PostgreSQL"):
            cluster.start()
        try:
            yield cluster.environment()
        finally:
            with paths.lock("postgres"):
                cluster.stop_if_unused(users)


def _refuse_postgres_user():
    if os.environ.get("PGUSER") == "postgres":
        raise console.Stop(
            "Odoo refuses to work as the database user `postgres`.",
            "Create a role that may create databases, and name it in PGUSER.",
        )


def stop_private():
    """Stop the private cluster for good, if there is one and nobody uses it."""
    if not list(paths.home().glob("postgres-*/complete")):
        return
    with open(paths.folder("locks") / "postgres-users", "w", encoding="utf-8") as users:
        if not Cluster().stop_if_unused(users):
            raise console.Stop("Another command is still using PostgreSQL.", "Stop it first.")


class Cluster:
    """The private cluster in the cache folder."""

    def __init__(self):
        self.bin = system.postgres_bin()
        version = self._version()
        if version < OLDEST:
            raise console.Stop(f"PostgreSQL {version} is too old.", "Install 13 or newer.")
        self.folder = paths.folder(f"postgres-{version}")
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"

    def _version(self):
        told = subprocess.check_output([self.bin / "postgres", "--version"], text=True)
        return int(told.split()[2].split(".")[0])

    def start(self):
        """Have the server up."""
        if not (self.folder / "complete").exists():
            self._create()
        if self._call("pg_ctl", "status", "-D", self.data, check=False).returncode == 0:
            return
        port = self._free_port()
        options = f"-p {port}"
        start = ("pg_ctl", "start", "-w", "-D", self.data, "-l", self.log, "-o", options)
        self._call(*start, shown=self.log)
        (self.folder / "port").write_text(str(port), encoding="utf-8")

    def stop_if_unused(self, users):
        """Stop the server and say so, unless another command holds the shared lock."""
        fcntl.flock(users, fcntl.LOCK_UN)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._call("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data, check=False)
        return True

    def environment(self):
        """The variables that every PostgreSQL client reads."""
        return {
            "PGHOST": "127.0.0.1",
            "PGPORT": (self.folder / "port").read_text(encoding="utf-8"),
            "PGUSER": ROLE,
            "PGPASSWORD": self._password(),
        }

    def _password(self):
        return (self.folder / "password").read_text(encoding="utf-8").strip()

    def _create(self):
        console.step("Making a private PostgreSQL cluster")
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(24) + "\n", encoding="utf-8")
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            for path in (self.folder, secret):
                os.chown(path, account.pw_uid, account.pw_gid)
        access = ("-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret)
        encoding = ("-E", "UTF8", "--locale", "C.UTF-8" if _has_c_utf8() else "C")
        self._call("initdb", "-D", self.data, "--no-sync", *access, *encoding)
        lines = "".join(f"{key} = '{value}'\n" for key, value in SETTINGS.items())
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(lines)
        self._create_role()
        (self.folder / "complete").touch()

    def _create_role(self):
        """In single-user mode: the server is never up without the role."""
        sql = f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self._password()}'\n"
        self._call("postgres", "--single", "-D", self.data, "postgres", text=sql)

    def _call(self, program, *arguments, check=True, shown=None, text=""):
        """Run a server program, as the unprivileged account when we are root."""
        account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
        options = account if os.geteuid() == 0 else {}
        log = paths.folder("logs") / "postgres.log"
        with open(log, "w", encoding="utf-8") as output:
            done = subprocess.run(
                [self.bin / program, *arguments],
                input=text,
                text=True,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                **options,
            )
        if check and done.returncode:
            texts = [console.tail(path) for path in (log, shown) if path and path.exists()]
            what = f"PostgreSQL's {program} failed:\n" + "\n".join(texts)
            raise console.Stop(what, self._advice())
        return done

    def _advice(self):
        if os.geteuid() == 0:
            return (
                f"As root, PostgreSQL runs as the account {ACCOUNT}, which must be able"
                f" to enter {self.folder}: set CUSTOMER_SHEET_HOME to such a folder."
            )
        return f"Its log is {self.log}."

    def _free_port(self):
        remembered = self.folder / "port"
        port = int(remembered.read_text(encoding="utf-8")) if remembered.exists() else 0
        return port if port and port_is_free(port) else free_port()


def free_port():
    """A TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port):
    """Whether a server could listen on this port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _has_c_utf8():
    if not shutil.which("locale"):
        return False
    told = subprocess.run(["locale", "-a"], capture_output=True, text=True)
    return "c.utf" in told.stdout.lower()
