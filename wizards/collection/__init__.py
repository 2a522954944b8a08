from . import complete_ask
