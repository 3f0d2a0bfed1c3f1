"""Canonical bodies as persons are compared by them; records have them as `body_type` and `body_key`."""

from extractor.fields.officials.body_keys import (
    NATION,
    Body,
    body_key,
    is_unique,
    post_key,
    read_body,
    role_words,
    text_key,
)

__all__ = ["NATION", "Body", "body_key", "is_unique", "post_key", "read_body", "role_words", "text_key"]
