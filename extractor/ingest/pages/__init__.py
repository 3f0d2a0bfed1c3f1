"""A saved web page to its article: headline, publication date with its kind, body, and what a site's pages have in common."""
