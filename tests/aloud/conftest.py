"""What listening needs of the tests in a browser: the web host in miniature."""

import sys

from registers import TESTS

sys.path.insert(0, str(TESTS / "browser"))
