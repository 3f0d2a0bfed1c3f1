"""Persons and their posts to record items, one a person."""

from extractor.fields.officials.build import find_officials

__all__ = ["find_officials"]
