"""One execution from its sync to the target's records, within the caller's transaction."""

from polytomic_provider.emulator.state.execution import Execution
from polytomic_provider.emulator.state.sync import Sync


class Engine:
    """Moves the data of one execution."""

    def run(self, sync: Sync, execution: Execution) -> Execution:
        """The execution with its counts. No data moves yet."""
        return execution
