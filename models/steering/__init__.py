from . import figures
from . import dashboard
from . import segments
from . import value
from . import worth
from . import reviews
from . import charter
from . import digest
