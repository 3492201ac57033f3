"""Where the data of a workspace comes from and where it goes."""
