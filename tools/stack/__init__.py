"""What `make up` and its sisters do with the pipeline's stack."""
