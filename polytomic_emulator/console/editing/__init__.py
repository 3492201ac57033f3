"""The forms in which a person changes a model or a sync, so that drift can be made by hand."""
