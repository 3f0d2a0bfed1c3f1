"""The rules: a cascade of hand-written readings, whose decisions are one voter among the features of the rankers."""
