"""Errors of the service: one form for all, JSON that a program can act on and a person can read."""

from __future__ import annotations

import json


class RefusedError(Exception):
    """A request that is answered with an error.

    Args:
        status: the HTTP status.
        code: a word for programs.
        message: a sentence for persons.
        headers: further headers of the answer.
    """

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


def error_body(status: int, code: str, message: str) -> bytes:
    """The body of an answer that is an error."""
    return json.dumps({"error": {"status": status, "code": code, "message": message}}, ensure_ascii=False).encode()
