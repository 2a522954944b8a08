from . import test_privacy_deadline
from . import test_privacy_requests
from . import test_privacy_breaches
from . import test_privacy_answers
from . import test_map
from . import test_patterns
from . import test_person
from . import test_person_search
<<<<<<< HEAD
from . import test_privacy_desk
=======
from . import test_privacy_intake
>>>>>>> w-intake
