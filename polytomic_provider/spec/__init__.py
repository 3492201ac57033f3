"""What a program's arguments mean: parsed once, compared exactly, written to and read from the API.

Pure: no request, no Pulumi.
"""
