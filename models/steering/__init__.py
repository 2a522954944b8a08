from . import value
from . import figures
from . import dashboard
from . import segments
from . import worth
from . import reviews
from . import charter
from . import digest
