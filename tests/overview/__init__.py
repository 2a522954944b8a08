from . import test_brief
from . import test_documents
