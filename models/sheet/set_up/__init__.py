from . import controls
from . import page
