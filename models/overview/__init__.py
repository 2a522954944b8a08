from . import journal
from . import brief
from . import printed
from . import documents
