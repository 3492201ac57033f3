"""The emulator's own API under `/emulator/`: reset, switches, faults, consent, time.

No credential is needed, so it answers only programs on the same machine: never a web page.
"""
