from . import hosts
from . import duplicate
from . import fill
from . import found
from . import cluster
from . import learning
from . import learning_line
