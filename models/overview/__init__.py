from . import journal
from . import looks
from . import business
from . import brief
from . import printed
from . import documents
