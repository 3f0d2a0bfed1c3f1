"""Fuzzing: texts, files of every format and queries made to break the package, for as long as you like.

    python tests/fuzz.py [--seconds 3600] [--only texts,files,queries,pages] [--seed 0] [--atheris TARGET]

Right is a record, an answer, or an error of the package (`ExtractorError`); any other exception, a record that does not validate,
and an input that takes longer than a minute are failures. The first one is made small, printed as code, and ends the run with
status 1.
`--atheris` lets the coverage of the code guide one target, where that library is installed; what follows goes to it.
"""

from __future__ import annotations

import argparse
import email.policy
import faulthandler
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

from damaged_files import ROWS, SUFFIXES, damaged, written
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import extractor
from extractor.batch.plan import numbered
from extractor.dataset.build import index
from extractor.dataset.search import KINDS, count, open_readonly, search
from extractor.dataset.web.plugin import MODULES
from extractor.dataset.web.routes import Route
from extractor.errors import ExtractorError
from extractor.ingest.articles import load_article
from extractor.ingest.readers import units
from extractor.ingest.sources import sources
from extractor.ingest.units import Options
from extractor.records import Record
from extractor.redaction import MARK

SLOW = 60  # seconds that an input may take
COUNTED: Counter[str] = Counter()
_WORDS = (
    "ngày",
    "tháng",
    "năm",
    "14/3/2019",
    "quý III",
    "UBND",
    "Ủy ban nhân dân",
    "xã Yên Khê",
    "huyện",
    "tỉnh Nghệ An",
    "ông",
    "bà",
    "chị",
    "Trần Thị Mận",
    "Vi Văn Tèo",
    "Phó Chủ tịch",
    "Giám đốc",
    "Bí thư",
    "BHYT",
    "BHXH tự nguyện",
    "người tham gia",
    "tăng",
    "giảm",
    "đạt",
    "12.345",
    "95,5%",
    "1.2.3",
    "Nghị định số 146/2018/NĐ-CP",
    "Căn cứ",
    "Quyết định",
    "và",
    "của",
    "-",
    "–",
    ",",
    ";",
    ":",
    ".",
    "(",
    ")",
    "“",
    "”",
    "...",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u0301",
    "\U0001d7d9",
    "²",
    "rằm",
    "giêng",
    "CMND 123456789",
)
TEXTS = st.lists(st.sampled_from(_WORDS) | st.text(max_size=8), max_size=60).map(" ".join) | st.text(max_size=300)
DAYS = (
    st.none()
    | st.dates()
    | st.text(max_size=12)
    | st.sampled_from(["2018-01-13", "13/01/2018", "9999-12-31", "0001-01-01"])
)


def _sound(record: Record) -> None:
    assert Record.model_validate_json(record.model_dump_json()) == record
    assert all(record.text[span.start : span.end] == span.text for span in record.spans())


def texts(text: str, published: Any, title: str | None, persons: bool, redact: bool) -> None:
    """One article through the whole pipeline."""
    try:
        record = extractor.extract(text, published, title=title, persons=persons and not redact, redact=redact)
    except ExtractorError:
        return
    _sound(record)
    if redact:
        plain = extractor.extract(text, published, title=title, backend="none").text
        assert len(record.text) == len(plain)
        assert all(covered in (sign, MARK) for sign, covered in zip(plain, record.text, strict=True))


def _saved_page(html: str) -> bytes:
    page = MIMEMultipart("related")
    page.attach(MIMEText(html, "html", "utf-8"))
    page["Snapshot-Content-Location"] = "http://xa.example/1"
    return page.as_bytes(policy=email.policy.SMTP)


_TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class=content>",
        "</div>",
        "<h1>",
        "</h1>",
        "<table><tr><td>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<br/>",
        "<a href='",
        "'>",
        "&#0;",
        "&nbsp;",
        "<![CDATA[",
        "<meta charset=utf-16>",
        "<time datetime='2020-01-01'>",
        "<svg>",
        "<frameset>",
        "<p a=1 a=2 ",
    ]
)
HTML = st.lists(_TAGS | TEXTS, max_size=25).map("".join)
FORMATS = (*SUFFIXES, "mhtml", "txt")


def files(suffix: str, rows: list[dict[str, Any]], html: str, data: st.DataObject) -> None:
    """A damaged file of some format beside a good one, read and extracted."""
    whole = _saved_page(html) if suffix == "mhtml" else html.encode() if suffix == "html" else written(suffix, rows)
    raw = damaged(whole, data)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"b.{suffix}").write_bytes(raw)
        Path(folder, "z.txt").write_text("Xã Yên Khê họp ngày 14/3/2019.", "utf-8")
        seen = []
        for unit in numbered(units(sources([folder])[0], Options(), lambda _: None)):
            COUNTED["rows"] += 1
            try:
                article = load_article(unit, Options()).article
                _sound(
                    extractor.extract(
                        article.text, article.published, id=article.id, title=article.title, backend="none"
                    )
                )
            except ExtractorError:
                continue
            seen.append(article.id)
        assert "z" in seen
        assert len(set(seen)) == len(seen)


def _dataset() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="extractor-fuzz-"))
    draw = random.Random(1)
    records = [extractor.extract(" ".join(draw.choices(_WORDS, k=80)), "2019-03-14", id=f"a{n}") for n in range(30)]
    (folder / "r.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in records), "utf-8")
    index(folder / "r.jsonl", folder / "news.db")
    return folder / "news.db"


_DB: list[Any] = []


def _db() -> Any:
    if not _DB:
        db = open_readonly(_dataset())
        db.create_function("unaccented", 1, lambda s: s, deterministic=True)
        _DB.append(db)
    return _DB[0]


_QUERIES = TEXTS | st.text(alphabet='"*()^:-+{}AND OR NOT NEARabđ ', max_size=60)


def queries(query: str, field: str, province: str | None, since: str | None, offset: int) -> None:
    """The search: hits or a sentence, and as many as it counts."""
    try:
        hits = search(_db(), query, field=field, province=province, since=since, offset=offset)
        number = count(_db(), query, field=field)
    except ExtractorError:
        return
    assert len(hits) <= 20
    assert province or since or len(hits) <= number


_VIEWS = tuple(route for module in MODULES for route in module.ROUTES)
_GIVEN = st.dictionaries(
    st.sampled_from(
        [
            "q",
            "page",
            "field",
            "id",
            "name",
            "person",
            "key",
            "number",
            "year",
            "province",
            "programme",
            "indicator",
            "unit",
            "from",
            "until",
            "doctype",
            "official",
            "limit",
        ]
    ),
    _QUERIES | st.sampled_from(["1", "²", "-1", "99999999999999999999", "a1", "figures", "BHYT"]),
    max_size=5,
)


def views(route: Route, arguments: dict[str, str]) -> None:
    """The pages of the dataset with any arguments; what the address itself names is one that it can name."""
    named = {"format": "json", "code": arguments.get("province", "01")}
    named = {name: named.get(name, "1") for name in re.compile(route.pattern).groupindex}
    try:
        route.build(_db(), arguments | named | {"lang": "vi"})
    except ExtractorError:
        return


# What is called, with what, and how often a round.
TARGETS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[Any], ...], int]] = {
    "texts": (
        texts,
        (
            TEXTS,
            DAYS,
            st.none() | TEXTS,
            st.booleans(),
            st.booleans(),
        ),
        100,
    ),
    "files": (
        files,
        (
            st.sampled_from(FORMATS),
            ROWS,
            HTML,
            st.data(),
        ),
        60,
    ),
    "queries": (
        queries,
        (
            _QUERIES,
            st.sampled_from(KINDS) | st.text(max_size=5),
            st.none() | TEXTS,
            st.none() | TEXTS,
            st.integers(0, 9),
        ),
        300,
    ),
    "pages": (
        views,
        (
            st.sampled_from(_VIEWS),
            _GIVEN,
        ),
        300,
    ),
}


def _guided(name: str, rest: list[str]) -> None:
    import atheris

    target, strategies, _ = TARGETS[name]
    tested: Any = given(*strategies)(target)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *rest], tested.hypothesis.fuzz_one_input)
    atheris.Fuzz()


def run(seconds: float, names: list[str], start: int) -> dict[str, int]:
    """Rounds of the targets until the time is up; how many inputs each got. A failure is raised."""
    until, number = time.monotonic() + seconds, start
    while time.monotonic() < until:
        for name in names:
            target, strategies, examples = TARGETS[name]
            bounded = settings(
                max_examples=examples,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            )
            faulthandler.dump_traceback_later(SLOW * examples, exit=True)
            seed(number)(bounded(given(*strategies)(target)))()
            faulthandler.cancel_dump_traceback_later()
            COUNTED[name] += examples
            number += 1
            if time.monotonic() >= until:
                break
    return dict(COUNTED)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--only", default=",".join(TARGETS))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--atheris", choices=TARGETS)
    args, rest = parser.parse_known_args()
    if args.atheris:
        _guided(args.atheris, rest)
        return 0
    print(f"seed {args.seed}", flush=True)
    counted = run(args.seconds, args.only.split(","), args.seed)
    print("no failure in", ", ".join(f"{n:,} {name}" for name, n in counted.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
