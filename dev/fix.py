"""`make fix`: format files, correct what a tool can, and bring translations up to date."""

import os
import shutil
import subprocess

from . import console, database, paths, workbench
from .lint import checks, files, node


def main():
    """Change files in place; ONLY="views/x.xml dev" limits it to these, translations excepted."""
    with workbench.opened() as bench:
        tools = node.get()
        ruff = checks.tool(bench, "ruff")
        _change("Correcting Python code", [ruff, "check", "--fix-only", "--quiet"], ".py")
        _change("Formatting Python code", [ruff, "format"], ".py")
        _change("Correcting JavaScript code", node.eslint(tools, "--fix"), *checks.SCRIPTS)
        _correct_xml(bench)
        formatting = node.prettier(tools, "--write", "--list-different")
        _change("Formatting XML, JavaScript and styles", formatting, *checks.FORMATTED)
        if not os.environ.get("ONLY"):
            _update_translations(bench)
    return 0


def _change(text, command, *suffixes):
    names = files.chosen(*suffixes)
    if names:
        console.step(text)
        subprocess.call([*command, *names], cwd=paths.ROOT)


def _correct_xml(bench):
    """Let OCA's hooks correct a copy: at the root of git they find no module."""
    console.step("Correcting XML files")
    with files.unpacked() as folder:
        command = [*checks.oca_command(bench, folder), "--fix"]
        subprocess.call(command, cwd=folder.parent, stdout=subprocess.DEVNULL)
        for name in files.chosen(".xml"):
            if (folder / name).read_bytes() != (paths.ROOT / name).read_bytes():
                shutil.copy(folder / name, paths.ROOT / name)


def _update_translations(bench):
    template = database.module_template(bench, demo=True)  # its texts are translated too
    with database.temporary(bench, template, "fix") as name:
        console.say("\n".join(checks.translations(bench, name, "--write")))
