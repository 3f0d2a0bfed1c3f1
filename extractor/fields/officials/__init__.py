"""Persons and their posts: rows, names, posts, attachment, canonical wording."""
