"""Everything that reaches into Pulumi's host: the session of a run, its secrets, its messages.

Everything that reaches into Pulumi's SDK is here, one trick a file, each with the test that holds
it to the SDK; `resources/registration.py` is the one of the program's side.
"""
