from . import test_brief
from . import test_documents
from . import test_journal
from . import test_journal_export
from . import test_journal_tours
