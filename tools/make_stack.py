"""`make up`, `preview`, `refresh`, `destroy`, `down`: the pipeline's stack, dev or live."""

import sys
from collections.abc import Sequence

from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.stack.commands import COMMANDS
from tools.stack.errors import StackError


def main(arguments: Sequence[str]) -> int:
    """Runs one command; gives the exit code of Pulumi, or 1 when it does not come to that."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: python -m tools.make_stack {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](Checkout.here())
    except (StackError, SetupError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
