"""Bulk syncs: whole objects of one connection, copied into another one."""
