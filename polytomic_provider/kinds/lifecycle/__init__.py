"""What happens to an object of any kind: create once, adopt, compare, read, update, delete."""
