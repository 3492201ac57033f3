"""The same stack on a server that knows no idempotency keys: a person answers what is in doubt."""

from polytomic_provider.kinds.lifecycle.creation import AlreadyExists
from tests.faults.program import Declared, tried
from tests.properties.stack import Stack


class StackWithoutKeys(Stack):
    """The same where the server keeps no idempotency keys.

    What was made and never recorded is an error then; a person answers it by adopting the object,
    and takes `adopt` out of the program afterwards.
    """

    keys = "off"

    def finish(self) -> None:
        """As often as something is in the way, adopt it; then all is right."""
        self.emulator.clear_faults()
        declared = self.program.declared
        while (failure := tried(self.program.up)) is not None:
            missing = next(name for name in declared if name not in self.program.states)
            one = declared[missing]
            assert isinstance(failure, AlreadyExists), failure
            assert "adopt" not in one.arguments, failure
            declared[missing] = Declared(one.kind, {**one.arguments, "adopt": True})
        for name, one in declared.items():
            kept = {key: value for key, value in one.arguments.items() if key != "adopt"}
            declared[name] = Declared(one.kind, kept)
        self.is_right()
