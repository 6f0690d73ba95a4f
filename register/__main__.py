"""``python -m register``: see ``register.cli``."""

import sys

from register.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
