"""`make setup`: the virtual environment, the engine, and the links between them."""

import sys

from tools.engine.acquire import ensure_engine
from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.environment.exclusive import exclusive
from tools.environment.virtualenv import ensure_virtualenv, link_programs


def main() -> int:
    """Sets up the checkout; quiet about what is there already. Exit code 1 on failure."""
    checkout = Checkout.here()
    try:
        with exclusive(
            checkout.engine / "setup.lock",
            waiting="Another `make setup` is at work here; waiting for it.",
        ):
            steps = [step(checkout) for step in (ensure_virtualenv, link_programs, ensure_engine)]
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; `make setup` goes on from here.", file=sys.stderr)
        return 130
    print("Set up." if any(steps) else "Set up already: nothing to do.", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
