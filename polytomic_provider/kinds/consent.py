"""How messages speak of an address of consent that the settings keep secret."""

from typing import Final

HIDDEN_ADDRESS: Final = (
    "the connection's secret output `auth_url`, or the connection in Polytomic itself"
)
"""Stands where the address would: whoever knows that can connect an account."""
