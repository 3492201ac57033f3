"""Which signatures of `Connection` a type checker sees; nothing imports this at run time.

mypy takes the name MYPY for true. Pyright takes the last of two imports of one name.
"""

MYPY = False
if MYPY:
    from polytomic_provider.resources.connection_signature import TypedConnection
else:
    from polytomic_provider.resources.connection_overloads import TypedConnection

__all__ = ["TypedConnection"]
