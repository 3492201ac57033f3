"""Judges a whole program in a preview: what the engine would deploy of it, and what comes of that.

`run.Run` is one preview. It follows each resource (`declared`), knows them all (`program`), asks
Polytomic what does not fit (`live_checks`), what would be adopted (`adoption`) and what would
happen to the data (`data`), and shows it all on the resources' rows.
"""
