from . import test_api
from . import test_api_keys
from . import test_vcard
from .pages import *
