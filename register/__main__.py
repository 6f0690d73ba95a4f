"""``python -m register``: see ``register.cli``."""

import gc
import sys

if __name__ == "__main__":
    # What is loaded stays to the end: to look through it again and again for what is needed no more takes a tenth of the time.
    gc.disable()
    from register.cli import main

    gc.freeze()
    gc.enable()
    sys.exit(main(sys.argv[1:]))
