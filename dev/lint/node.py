"""The JavaScript and XML tools: pinned, and installed in the cache folder."""

import shutil

from .. import console, paths, system

HERE = paths.ROOT / "dev" / "lint"
CONFIG = "eslint.config.mjs"  # beside the tools, because it imports its rules from there
FILES = ("package.json", "package-lock.json", CONFIG)


def get():
    """The folder with the tools, installed when it is not there."""
    system.need("node")
    texts = [(HERE / name).read_text(encoding="utf-8") for name in FILES]
    folder = paths.home() / f"node-{paths.short_hash(*texts)}"
    with paths.lock("node", "installing the JavaScript tools"):
        if not (folder / "complete").exists():
            _install(folder)
    return folder


def prettier(folder, *arguments):
    """The command line of prettier."""
    plugin = folder / "node_modules/@prettier/plugin-xml/src/plugin.js"
    config = ("--config", HERE / "prettier.json", "--plugin", plugin)
    return [folder / "node_modules/.bin/prettier", *config, *arguments]


def eslint(folder, *arguments):
    """The command line of eslint."""
    return [folder / "node_modules/.bin/eslint", "--config", folder / CONFIG, *arguments]


def _install(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in FILES:
        shutil.copy(HERE / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    advice = "Is the npm registry reachable? Then try again."
    log = paths.folder("logs") / "npm.log"
    console.run("Installing the JavaScript and XML tools", command, log, advice, cwd=folder)
    (folder / "complete").touch()
