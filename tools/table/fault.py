"""Why a file is no table that can be read."""

from contextlib import contextmanager

#: What can be wrong, by code.
FAULTS = {
    "empty": "There is nothing in the file.",
    "password": "A password protects the file.",
    "broken": "The file is damaged or was not transferred whole.",
    "not_table": "The file is no table: an image, a PDF, a letter...",
    "other_format": "The file is a table of a program whose files cannot be read.",
    "no_reader": "The Python package that reads such files is not installed.",
    "too_large": "What is in the file is too large to be read.",
    "no_sheet": "The workbook has no sheet of this name.",
}


class TableError(Exception):
    """A file that cannot be read as a table; ``code`` is a key of ``FAULTS``."""

    def __init__(self, code, detail=""):
        super().__init__(FAULTS[code])
        self.code = code
        self.detail = detail


@contextmanager
def told():
    """Turn whatever readers raise on damaged files into a :class:`TableError`."""
    try:
        yield
    except TableError:
        raise
    except BaseException as error:  # noqa: BLE001 - there is no end of what they raise
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise TableError("broken", str(error)) from error
