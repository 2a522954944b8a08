"""The checkers: each returns its findings, a line each.

Those in PYTHON get the workbench and the folder with a copy of the files, those in
NODE the JavaScript tools and that folder, those in DATABASE the workbench and the
name of a database with the module.
"""

import os
import tempfile
from pathlib import Path

from .. import paths
from . import files, node
from .report import findings

LINE = r"\S+:\d+"  # how most tools start a finding: file and line
FORMATTED = (".cjs", ".js", ".json", ".mjs", ".scss", ".xml", ".yml")
SCRIPTS = (".cjs", ".js", ".mjs")


def ruff(bench, folder):
    """Style and likely mistakes of Python code."""
    options = ("check", "--quiet", "--no-cache", "--output-format=concise")
    return findings([tool(bench, "ruff"), *options, *files.ours(".py")], folder, LINE)


def ruff_format(bench, folder):
    """Layout of Python code."""
    options = ("format", "--check", "--no-cache", "--output-format=concise")
    return findings([tool(bench, "ruff"), *options, *files.ours(".py")], folder, LINE)


def pylint_odoo(bench, folder):
    """OCA's rules for Odoo modules."""
    ignored = ",".join(f"^.*/{part}.*$" for part in files.NOT_THE_MODULE)
    options = (f"--rcfile={folder / '.pylintrc'}", f"--ignore-paths={ignored}")
    return findings([tool(bench, "pylint"), *options, folder.name], folder.parent, LINE)


def oca_module(bench, folder):
    """OCA's rules for data and view files."""
    return findings(oca_command(bench, folder), folder.parent, LINE)


def oca_command(bench, folder):
    """The command line of OCA's hooks, to run in the folder above the copied module."""
    # Our README is Markdown, as everybody's outside of the OCA.
    return [tool(bench, "oca-checks-odoo-module"), "--disable=prefer-readme-rst", folder.name]


def oca_translations(bench, folder):
    """OCA's rules for translation files.

    All but its layout, which empties a French text that equals the English one: nobody
    could tell it any more from a text that was forgotten.
    """
    names = files.ours(".po", ".pot")
    command = [tool(bench, "oca-checks-po"), "--disable=po-pretty-format", *names]
    return findings(command, folder, LINE) if names else []


def prettier(tools, folder):
    """Layout of XML, JavaScript, styles and data."""
    command = node.prettier(tools, "--list-different", *files.ours(*FORMATTED))
    return [f"Would reformat: {name}" for name in findings(command, folder)]


def eslint(tools, folder):
    """Likely mistakes of JavaScript code."""
    names = files.ours(*SCRIPTS)
    command = node.eslint(tools, f"--format={node.HERE / 'eslint-lines.mjs'}", *names)
    return findings(command, folder, LINE) if names else []


def odoo(bench, name):
    """Odoo's own lint tests."""
    options = ("-c", bench.config_file("odoo", {}), "-d", name)
    command = _inside(bench, "odoo_tests", *options)
    # Odoo's pylint test starts the `pylint` that it finds on the search path.
    path = f"{bench.python.parent}{os.pathsep}{os.environ['PATH']}"
    return findings(command, bench.module, env=bench.environment(PATH=path))


def translations(bench, name, *options):
    """Whether the translation files are current and complete; `--write` updates them."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, f"{paths.MODULE}.pot")
        export = bench.odoo("i18n export", "-d", name, paths.MODULE, "-o", template)
        log = paths.folder("logs") / f"{name}-i18n.log"
        bench.run("Exporting the terms to translate", export, log)
        command = _inside(bench, "translations", template, paths.ROOT / "i18n", *options)
        return findings(command, folder)


def tool(bench, program):
    """The path of a program that came with a Python package."""
    return bench.python.parent / program


def _inside(bench, script, *arguments):
    return [bench.python, paths.ROOT / "dev" / "lint" / f"{script}.py", *arguments]


PYTHON = {
    "ruff": ruff,
    "ruff-format": ruff_format,
    "pylint-odoo": pylint_odoo,
    "oca-module": oca_module,
    "oca-translations": oca_translations,
}
NODE = {"prettier": prettier, "eslint": eslint}
DATABASE = {"odoo": odoo, "translations": translations}
