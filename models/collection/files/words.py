"""What is found in a file, in words."""


def faults(env):
    """Return why a file cannot be read and what to do, by code of ``TableError``."""
    return {
        "empty": env._("There is nothing in “%(file)s”. Choose the file with the rows."),
        "password": env._(
            "“%(file)s” is protected by a password. Open it, save it without a password and choose"
            " it again."
        ),
        "broken": env._(
            "“%(file)s” is damaged or was not transferred whole. Open it in your spreadsheet"
            " program, save it anew and choose it again."
        ),
        "not_table": env._(
            "“%(file)s” is no table. Choose an Excel, OpenDocument, CSV or vCard file."
        ),
        "other_format": env._(
            "“%(file)s” is in a format that cannot be read here. Save it as an Excel workbook"
            " (.xlsx) and choose it again."
        ),
        "no_reader": env._(
            "Old Excel files (.xls) cannot be read on this server. Save “%(file)s” as an Excel"
            " workbook (.xlsx) and choose it again."
        ),
        "too_large": env._(
            "“%(file)s” is too large. Divide it into several files and import one after the other."
        ),
        "no_sheet": env._("“%(file)s” has no such sheet. Choose one of the list."),
    }


def formats(env):
    """Return the names of the formats, by code."""
    return {
        "xlsx": env._("Excel workbook (.xlsx)"),
        "xls": env._("Old Excel workbook (.xls)"),
        "ods": env._("OpenDocument spreadsheet (.ods)"),
        "csv": env._("Text with separators (CSV)"),
        "vcard": env._("Business cards (vCard)"),
    }


def encodings(env):
    """Return the names of the encodings, by code."""
    return {
        "utf-8": env._("Unicode (UTF-8)"),
        "cp1252": env._("Windows, Western Europe (1252)"),
        "mac_roman": env._("Macintosh"),
        "utf-16": env._("Unicode (UTF-16)"),
        "iso8859-15": env._("Western Europe with euro sign (ISO 8859-15)"),
        "cp850": env._("DOS, Western Europe (850)"),
        "cp1250": env._("Windows, Central Europe (1250)"),
        "cp1256": env._("Windows, Arabic (1256)"),
        "cp1251": env._("Windows, Cyrillic (1251)"),
        "cp1253": env._("Windows, Greek (1253)"),
    }


def separators(env):
    """Return the names of the separators, by sign."""
    return {
        ";": env._("Semicolon (;)"),
        ",": env._("Comma (,)"),
        "\t": env._("Tabulator"),
        "|": env._("Vertical bar (|)"),
    }


def notes(env):
    """Return what the user should know, by code of ``Look.notes``."""
    return {
        "no_titles": env._(
            "No row of titles was found: the first row counts as data. If titles stand further"
            " down, type the number of their row."
        ),
        "titles_above": env._(
            "The titles stand in row %(row)s; what stands above them is left out."
        ),
        "sheets": env._("The file has %(sheets)s sheets; only “%(sheet)s” is read."),
        "quotes": env._(
            "A quotation mark is opened and not closed in its row: it counts as an ordinary sign."
        ),
        "mixed": env._(
            "Most lines are in Unicode and some in the encoding of Windows: each is read as it is."
        ),
        "hidden": env._("Rows or columns that are hidden in the sheet are read like the others."),
        "formulas": env._(
            "Some formulas were saved without their results: these cells are empty here. Open the"
            " file in your spreadsheet program, save it and choose it again."
        ),
        "apart": env._(
            "A column without title and cells stands between the others. If another table begins"
            " behind it, leave its columns out in the third step."
        ),
        "undecoded": env._(
            "Some signs do not exist in this encoding. Try another one if letters look wrong."
        ),
    }
