"""Canonical bodies as persons are compared by them; records have them as `body_type` and `body_key`."""

from extractor.fields.officials.body_keys import (
    NATION,
    UNIQUE,
    Body,
    body_key,
    post_key,
    read_body,
    role_words,
    text_key,
)

__all__ = ["NATION", "UNIQUE", "Body", "body_key", "post_key", "read_body", "role_words", "text_key"]
