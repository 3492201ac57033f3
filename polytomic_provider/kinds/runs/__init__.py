"""Runs: one execution of a sync or a bulk sync, started once, waited for and judged."""
