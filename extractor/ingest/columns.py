"""Which column of a table holds what: as the user says, else guessed from common names, with a line that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from extractor.errors import InputError
from extractor.ingest.units import Columns
from extractor.text import unaccent

_NAMES = {
    "id": ("id", "article_id", "doc_id", "_id", "news_id", "uuid", "guid", "ma", "ma_bai"),
    "text": ("text", "content", "body", "article", "maintext", "main_text", "article_text", "full_text", "fulltext",
             "raw_text", "noi_dung", "noidung", "van_ban", "bai_viet", "content_text"),
    "html": ("html", "raw_html", "page", "html_content", "content_html"),
    "title": ("title", "headline", "tieu_de", "tieude", "ten_bai", "heading"),
    "published": ("published", "published_at", "publish_date", "published_date", "date_publish", "date", "pub_date",
                  "pubdate", "publication_date", "date_published", "datepublished", "publishedat", "posted_at", "post_date",
                  "datetime", "created_at", "ngay_dang", "ngaydang", "ngay_xuat_ban", "thoi_gian_dang", "ngay",
                  "thoi_gian", "time", "timestamp"),
    "url": ("url", "link", "href", "source_url", "canonical_url", "duong_dan"),
    "source": ("source", "site", "domain", "portal", "publisher", "source_domain", "nguon", "bao"),
}  # fmt: skip


def resolve(names: Iterable[str], given: Columns, where: str) -> tuple[Columns, str | None]:
    """The columns of a table with the header `names`, and a line about what was guessed (None where nothing was).

    Raises `InputError` when a column the user named is missing, or none holds the text.
    """
    present = list(names)
    by_plain = {unaccent(n).strip().replace(" ", "_").replace("-", "_"): n for n in reversed(present)}
    chosen: dict[str, str] = {}
    guessed: list[str] = []
    for field in fields(Columns):
        wanted = getattr(given, field.name)
        if wanted is not None:
            if wanted not in present:
                raise InputError(
                    f"{where}: no column {wanted!r}; the columns are {', '.join(map(str, present)) or 'none'}"
                )
            chosen[field.name] = wanted
            continue
        found = next((by_plain[n] for n in _NAMES[field.name] if n in by_plain), None)
        if found is not None and found not in chosen.values():
            chosen[field.name] = found
            if found != field.name:
                guessed.append(f"{field.name} from {found!r}")
    if "text" not in chosen and "html" not in chosen:
        raise InputError(
            f"{where}: no column holds the text; name it with --text-column (columns: {', '.join(map(str, present)) or 'none'})"
        )
    return replace(Columns(), **chosen), f"{where}: columns guessed: {', '.join(guessed)}" if guessed else None
