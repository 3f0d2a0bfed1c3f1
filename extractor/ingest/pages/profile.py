"""What the pages of one site have in common: a small, versioned, order-free description that a record names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

VERSION = 1


@lru_cache(maxsize=50_000)
def mark(text: str) -> str:
    """A short stable name of a string: 12 hexadecimal digits of its BLAKE2b hash."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Profile:
    """A site as `pages` of its distinct pages show it.

    `blocks` are the marks of (path, text) pairs that stand on several of them, `texts` those of texts alone; `titles` are marks of
    constant `<title>` and og:title strings; `headline_paths` and `date_paths` where most pages have theirs; `stamps` publication
    dates (ISO) that many pages share; `dated` gives the date (ISO) that link lists tell of a headline, by the text's mark;
    `linked` are marks of the link texts; `order` is `dmy`, `mdy` or null where no page tells; `sketch` are marks of blocks and
    paths that tell a page of the site.
    """

    pages: int
    blocks: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    headline_paths: tuple[str, ...] = ()
    date_paths: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    dated: dict[str, str] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()
    order: str | None = None
    sketch: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    version: int = VERSION

    @property
    def id(self) -> str:
        """The profile's name: a hash of all it says."""
        plain = json.dumps(self.plain(), ensure_ascii=False, sort_keys=True)
        return f"site-{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

    def plain(self) -> dict[str, Any]:
        """The profile as JSON values, sets sorted."""
        out = asdict(self)
        return {
            k: sorted(v) if isinstance(v, frozenset) else list(v) if isinstance(v, tuple) else v for k, v in out.items()
        }

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Profile:
        """The profile that `plain` wrote. Raises `ValueError` for another version, `TypeError` for unknown keys."""
        if plain.get("version") != VERSION:
            raise ValueError(f"profile of version {plain.get('version')!r}; this release reads version {VERSION}")
        sets = ("blocks", "texts", "titles", "linked", "sketch")
        lists = ("headline_paths", "date_paths", "stamps", "hosts")
        values = {k: frozenset(v) if k in sets else tuple(v) if k in lists else v for k, v in plain.items()}
        return cls(**values)  # type: ignore[arg-type]
