"""Compare the translations with what Odoo exports. A script for Odoo's Python.

Usage: translations.py <exported .pot> <i18n folder> [--write]
Prints a line for each finding; with --write, brings the files up to date instead,
keeping every translation that is still of use. A text that is the same in both
languages is written out, so that an empty one is always one that was forgotten.
No line of French begins with a sign that has a space before it: that space does not break.
"""

import re
import sys
from pathlib import Path

from polib import POFile, pofile

sys.path[0] = str(Path(__file__).parent)
import visitors  # noqa: E402 - beside this script, which Odoo's Python runs on its own

#: By language: those we ship.
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
    " n%100>=11 ? 4 : 5;",
    "fr": "nplurals=2; plural=(n > 1);",
}

#: Languages of visitors alone: nobody works in them, and only what visitors see is translated.
VISITORS = {"ar"}
#: In French, a space that would let a line begin with a sign, or end with a quotation mark.
BREAKS = re.compile(r"(?<=\S) (?=[?!:;»](?:[\s.,)<]|$))|(?<=«) (?=\S)")
METADATA = {
    "Project-Id-Version": "Odoo 19.0",
    "Report-Msgid-Bugs-To": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "",
    "Plural-Forms": "",
}


def main(exported, folder, *options):
    """Return whether there was a finding."""
    template = pofile(exported)
    pot = next(Path(folder).glob("*.pot"), Path(folder, f"{Path(exported).stem}.pot"))
    translations = [Path(folder, f"{language}.po") for language in PLURALS]
    if options:
        return _write(template, pot, translations)
    findings = _compared(pot, template, _differences)
    for path in translations:
        findings += _compared(path, _of(path, template), _gaps)
    print("\n".join(findings))
    return bool(findings)


def _of(path, template):
    """Return what a language translates of the template."""
    if path.stem not in VISITORS:
        return template
    part = POFile()
    part.extend(entry for entry in template if visitors.see(entry))
    return part


def _compared(path, template, compare):
    if not path.exists():
        return [f"{path.name}: is missing; `make fix` writes it"]
    return [f"{path.name}: {text}" for text in compare(template, pofile(str(path)))]


def _differences(new, old):
    """What is missing in, too much in, or described otherwise by the older file."""
    wanted, there = _by_source(new), _by_source(old)
    for source in sorted(wanted.keys() - there.keys()):
        yield f"lacks {source!r}"
    for source in sorted(there.keys() - wanted.keys()):
        yield f"has {source!r}, which is gone"
    for source in sorted(wanted.keys() & there.keys()):
        if _origin(wanted[source]) != _origin(there[source]):
            yield f"says otherwise where {source!r} comes from"


def _by_source(file):
    return {entry.msgid: entry for entry in file if not entry.obsolete}


def _origin(entry):
    return sorted(entry.occurrences), entry.comment


def _gaps(template, file):
    yield from _differences(template, file)
    for entry in file:
        if entry.fuzzy or entry.obsolete:
            yield f"fuzzy or obsolete: {entry.msgid!r}"
        elif not entry.msgstr:
            yield f"not translated: {entry.msgid!r}"
        elif entry.msgstr != _kept_together(entry.msgstr, file):
            yield f"a line may break before a sign; `make fix` mends {entry.msgid!r}"


def _kept_together(text, file):
    french = file.metadata.get("Language", "").startswith("fr")
    return BREAKS.sub("\u00a0", text) if french else text


def _write(template, pot, translations):
    template.metadata = METADATA
    template.sort(key=lambda entry: entry.msgid)
    pot.parent.mkdir(exist_ok=True)
    template.save(str(pot))
    for path in translations:
        _merge(_of(path, template), _read(path)).save(str(path))
    print(f"{len(template)} terms in {', '.join(path.name for path in [pot, *translations])}")


def _read(path):
    if path.exists():
        return pofile(str(path))
    new = POFile()
    new.metadata = {**METADATA, "Language": path.stem, "Plural-Forms": PLURALS[path.stem]}
    return new


def _merge(template, old):
    """The template's entries with the old file's header and translations."""
    known = _by_source(old)
    new = POFile()
    new.header, new.metadata = old.header, old.metadata
    for entry in template:
        _translate(entry, known.get(entry.msgid))
        entry.msgstr = _kept_together(entry.msgstr, new)
        new.append(entry)
    return new


def _translate(entry, old):
    entry.msgstr, entry.tcomment = (old.msgstr, old.tcomment) if old else ("", "")
    entry.flags = list(old.flags) if old else []


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
