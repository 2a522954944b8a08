from . import controls
