from . import merge_json
from . import merge
