"""A pytest plugin: each worker of pytest-xdist has a filestore of its own.

pytest-odoo lets them share the one of the database they are copies of.  After every class of
tests Odoo deletes the files that its database does not know, so that one worker would delete what
another has just written.
"""

import os
import shutil
from contextlib import contextmanager

import pytest_odoo

from odoo.tools import config


@contextmanager
def own_filestore(original, name):
    """Copy the files of the original database for a worker's copy of it, and remove them after."""
    source, own = config.filestore(original), config.filestore(name)
    if name == original:
        yield
        return
    if os.path.exists(source):
        # Odoo never changes a stored file, so a copy can share it.
        shutil.copytree(source, own, copy_function=os.link)
    try:
        yield
    finally:
        shutil.rmtree(own, ignore_errors=True)


pytest_odoo._shared_filestore = own_filestore
