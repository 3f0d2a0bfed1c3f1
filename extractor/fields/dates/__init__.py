"""Date expressions: rows, finders, resolution against the publication date."""
