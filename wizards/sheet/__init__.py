from . import catalogue_publish
from . import fill
