"""One module a field: the reading and its mentions to record items."""
