"""Annotation formats in and out. All go through `document.Document`: a text, mentions with offsets, items with values."""
