"""What is wrong with a malformed row, in words that say what to do, and the line of the file where the row begins."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

MOST = 20  # faults that one message tells


def sentences(error: ValidationError, model: type[BaseModel]) -> list[str]:
    """One sentence for each thing that is wrong with a row, with the key it is wrong in."""
    return [_sentence(one, model) for one in error.errors(include_url=False)]


def message(found: Sequence[str]) -> str:
    """Sentences as one message, a line each; of very many the first."""
    more = [f"… and {len(found) - MOST} more"] if len(found) > MOST else []
    return "\n".join([*found[:MOST], *more])


def lines(data: bytes) -> list[int]:
    """The line where each row of a file of rows begins, counted from 1; empty where that cannot be told."""
    import yaml

    try:
        root = yaml.compose(data.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return []
    return [node.start_mark.line + 1 for node in root.value] if isinstance(root, yaml.SequenceNode) else []


def _sentence(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    worded = _WORDED.get(error["type"])
    told = error["msg"] if worded is None else worded(error, model)
    return f", {key}: {told}" if key else f": {told}"


def _unknown_key(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    keys = list(model.model_fields)
    near = difflib.get_close_matches(str(error["loc"][-1]), keys, 1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return f"there is no such key{meant} (allowed keys: {', '.join(keys)})"


def _no_text(error: Mapping[str, Any], _model: type[BaseModel]) -> str:
    given = error["input"]
    if isinstance(given, (list, dict)):
        return "one text is expected"
    return f'a text is expected, and YAML reads {given!r} here; put it in quotes: "…"'


def _no_list(error: Mapping[str, Any], _model: type[BaseModel]) -> str:
    return f'a list is expected; put it in brackets: ["{error["input"]}"]'


_WORDED: dict[str, Callable[[Mapping[str, Any], type[BaseModel]], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": lambda _error, _model: "is needed and is not there",
    "value_error": lambda error, _model: error["msg"].removeprefix("Value error, "),
    "string_type": _no_text,
    "tuple_type": _no_list,
    "model_type": lambda _error, _model: "a row is keys with values, 'id: …' first",
    "literal_error": lambda error, _model: f"{error['input']!r} is none of {error['ctx']['expected']}",
    "too_short": lambda _error, _model: "one at least is needed",
}
