from . import test_vcard
