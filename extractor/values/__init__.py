"""Strings to values: numbers, dates, document numbers. Knows no matching and no records."""
