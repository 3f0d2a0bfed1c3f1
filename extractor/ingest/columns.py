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
             "raw_text", "noi_dung", "noidung", "toan_van", "than_bai", "van_ban", "bai_viet", "content_text"),
    "html": ("html", "raw_html", "page", "html_content", "content_html"),
    "title": ("title", "headline", "tieu_de", "tieude", "ten_bai", "tua_de", "dau_de", "heading"),
    "published": ("published", "published_at", "publish_date", "published_date", "date_publish", "date", "pub_date",
                  "pubdate", "publication_date", "date_published", "datepublished", "publishedat", "posted_at", "post_date",
                  "datetime", "created_at", "ngay_dang", "ngaydang", "ngay_xuat_ban", "thoi_gian_dang", "ngay",
                  "thoi_gian", "time", "timestamp"),
    "url": ("url", "link", "href", "source_url", "canonical_url", "duong_dan"),
    "source": ("source", "site", "domain", "portal", "publisher", "source_domain", "nguon", "bao"),
}  # fmt: skip
# What a longer name may begin with where no column bears a name above: "nội dung bài viết", "tiêu đề tin", "nguồn tin".
_BEGINNINGS = {
    "text": ("noi_dung", "toan_van", "than_bai", "full_text", "article_text"),
    "title": ("tieu_de", "ten_bai", "tua_de", "dau_de"),
    "published": ("ngay_dang", "ngay_xuat_ban", "ngay_phat_hanh", "thoi_gian_dang"),
    "url": ("link_bai", "url_bai", "duong_dan_bai", "lien_ket"),
    "source": ("nguon",),
}


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
        found = _named(field.name, by_plain, taken=set(chosen.values()))
        if found is not None:
            chosen[field.name] = found
            if found != field.name:
                guessed.append(f"{field.name} from {found!r}")
    if "text" not in chosen and "html" not in chosen:
        raise InputError(
            f"{where}: no column holds the text; name it with --text-column "
            f"(columns: {', '.join(map(str, present)) or 'none'})"
        )
    return replace(Columns(), **chosen), f"{where}: columns guessed: {', '.join(guessed)}" if guessed else None


def _named(field: str, by_plain: dict[str, str], taken: set[str]) -> str | None:
    """The column that bears a usual name of a field, else one whose longer name begins with one."""
    free = {plain: name for plain, name in by_plain.items() if name not in taken}
    exact = next((free[name] for name in _NAMES[field] if name in free), None)
    if exact is not None or any(name in by_plain for name in _NAMES[field]):
        return exact
    starts = _BEGINNINGS.get(field, ())
    return next((free[plain] for start in starts for plain in free if f"{plain}_".startswith(f"{start}_")), None)
