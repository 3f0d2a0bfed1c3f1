"""Page layouts of Vietnamese portals: title, body without menus, publication date and where it was found."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from extractor.ingest.articles import load_article
from extractor.ingest.units import Options, Unit

PAGES = Path(__file__).parent / "pages"
CASES = yaml.safe_load((PAGES / "expected.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["file"])
def test_pages_layout(case):
    loaded = load_article(Unit("html", str(PAGES / case["file"]), name="x"), Options())
    article = loaded.article
    published = date.fromisoformat(case["published"]) if case["published"] else None
    assert (article.published, article.date_source) == (published, case["date_source"])
    if case["title"]:
        assert article.title == case["title"]
        assert article.text.startswith(case["title"])
    for paragraph in case["keep"]:
        assert paragraph in article.text
    for other in case["drop"]:
        assert other not in article.text
    wanted = case.get("encoding")
    assert loaded.notes == ((("encoding", f"decoded from {wanted}"),) if wanted else ())


def test_pages_given_date_wins():
    options = Options(published=date(2001, 2, 3))
    article = load_article(Unit("html", str(PAGES / CASES[0]["file"]), name="x"), options).article
    assert (article.published, article.date_source) == (date(2001, 2, 3), "given")
