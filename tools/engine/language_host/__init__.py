"""A Python language host for an engine built from source: it runs programs for the engine.

The engine starts `pulumi-language-python`, reads a port number from its output and speaks
LanguageRuntime (gRPC) to it. The usual host is part of Pulumi's releases only.
"""
