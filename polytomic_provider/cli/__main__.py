"""`python -m polytomic_provider.cli`, the same as `polytomic`."""

from polytomic_provider.cli import main

main()
