"""How the whole suite runs."""

import os


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a processor for `-n auto`: half of a test's time is waiting for something."""
    return 2 * (os.cpu_count() or 1)
