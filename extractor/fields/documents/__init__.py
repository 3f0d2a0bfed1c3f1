"""Citations of legal and administrative documents: rows, finders, issuers, dates."""
