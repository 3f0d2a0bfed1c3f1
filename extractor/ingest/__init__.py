"""Files, folders, archives and URLs to articles."""
