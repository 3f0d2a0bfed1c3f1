"""The package's own sources as syntax trees, parsed once for all tests that look at them."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import extractor

PACKAGE = Path(extractor.__file__).parent


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def walked(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All nodes of a tree of `parsed`."""
    return tuple(ast.walk(tree))
