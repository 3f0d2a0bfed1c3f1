"""Hooks of MkDocs: pages that stand outside `docs/` (README, gold, changelog …) are taken in, and links between them follow."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
# Where a page of the repository stands on the site; those of `docs/` keep their names.
_TAKEN = {
    "README.md": "index.md",
    "gold/README.md": "gold.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
_LINK = re.compile(r"(\]\()(?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?(\))")
_API = """# API

::: extractor.api
    options: {show_root_heading: false, show_root_toc_entry: false}

## pandas

::: extractor.frames
    options: {show_root_heading: false, show_root_toc_entry: false, members: [extract_frame, records_to_frames]}

## spaCy

::: extractor.doc
    options:
      show_root_heading: false
      show_root_toc_entry: false
      members: [load, FieldsComponent, RuleTokenizer, displacy_options]

## Records

::: extractor.records
    options: {show_root_heading: false, show_root_toc_entry: false}

## Errors

::: extractor.errors
    options: {show_root_heading: false, show_root_toc_entry: false}
"""


def on_files(files: Files, config: MkDocsConfig, **_: Any) -> Files:
    """Add the pages from outside `docs/` and the one that the docstrings fill."""
    for source, name in _TAKEN.items():
        text = _moved((ROOT / source).read_text(encoding="utf-8"), source, name)
        files.append(File.generated(config, name, content=text))
    files.append(File.generated(config, "api.md", content=_API))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links of the pages of `docs/` as the site has them."""
    name = page.file.src_uri
    return markdown if name in {*_TAKEN.values(), "api.md"} else _moved(markdown, f"docs/{name}", name)


def _moved(text: str, source: str, name: str) -> str:
    def follow(match: re.Match[str]) -> str:
        target = normpath(str(PurePosixPath(source).parent / match[2]))
        there = _TAKEN.get(target, target.removeprefix("docs/") if target.startswith("docs/") else None)
        if there is None:  # a file of the repository that is no page: its name alone is shown
            return f"{match[1]}{relpath(name, str(PurePosixPath(name).parent))}{match[4]}"
        return f"{match[1]}{relpath(there, str(PurePosixPath(name).parent))}{match[3] or ''}{match[4]}"

    return _LINK.sub(follow, text)
