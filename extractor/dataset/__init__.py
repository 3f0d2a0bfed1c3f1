"""A searchable dataset and a web page over extracted tables."""

VERSION = 7  # of the database's layout; a file of another one is refused, not mixed
