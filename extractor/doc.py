"""A spaCy component over the pipeline: underthesea's words and sentences, the fields as span groups, the record.

spaCy finds the component `extractor` and the tokenizer `extractor.RuleTokenizer.v1` by entry points. What a `Doc` carries of a
record is kept as strings in `doc.user_data`, so that `to_bytes`, `DocBin(store_user_data=True)` and `n_process` take it along.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from extractor.arguments import given_date
from extractor.display import COLORS, label
from extractor.errors import InputError
from extractor.ingest.ids import content_id
from extractor.language import read, sentences, words
from extractor.models import Article, Reading
from extractor.pipeline import extract_reading
from extractor.records import FIELDS, Item, Record
from extractor.rules import pattern_set
from extractor.rules import patterns as in_force
from extractor.text import clean

_RECORD, _PUBLISHED = "extractor.record", "extractor.published"
_DEFAULTS = {"backend": "crf", "persons": False, "published": None, "segment": True, "patterns": None}
Placed = tuple[int, int, str, str]


@lru_cache(maxsize=256)
def _record(values: str, text: str) -> Record:
    return Record.model_validate({**json.loads(values), "text": text})


def _get_record(doc: Doc) -> Record | None:
    values = doc.user_data.get(_RECORD)
    return None if values is None else _record(values, doc.text)


def _set_record(doc: Doc, record: Record) -> None:
    doc.user_data[_RECORD] = record.model_dump_json(exclude={"text"})


def _get_published(doc: Doc) -> date | None:
    said = doc.user_data.get(_PUBLISHED)
    return date.fromisoformat(said) if said else None


def _set_published(doc: Doc, value: Any) -> None:
    day = given_date(value, "doc._.published")
    doc.user_data[_PUBLISHED] = day.isoformat() if day else None


def _get_item(span: Span) -> Item | None:
    """The record's item that a span stands for."""
    record = _get_record(span.doc)
    if record is None:
        return None
    at = (span.start_char, span.end_char)
    items = [(field, item) for field in FIELDS for item in getattr(record, field) if (item.start, item.end) == at]
    items.sort(key=lambda found: _label(found[1], found[0]) != span.label_)
    return items[0][1] if items else None


def _register() -> None:
    """The attributes `doc._.…` and `span._.item`; once, however often the module is imported anew."""
    Doc.set_extension("record", getter=_get_record, setter=_set_record, force=True)
    Doc.set_extension("published", getter=_get_published, setter=_set_published, force=True)
    for name in ("article_id", "title"):
        Doc.set_extension(name, default=None, force=True)
    Span.set_extension("item", getter=_get_item, force=True)


_register()


class RuleTokenizer:
    """Text to a `Doc` whose tokens are the rule tokenizer's, so that every span of a record falls on token borders.

    `doc.text` equals `clean(text)` to the character: white space other than one blank is a token of its own.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        text = clean(text)
        reading = read(Article(id="", text=text))
        tokens: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in [*zip(reading.starts, reading.ends, strict=True), (len(text), len(text))]:
            gap = text[at:start]
            if gap.startswith(" ") and tokens:
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                tokens.append(gap)
                spaces.append(False)
            if end > start:
                tokens.append(text[start:end])
                spaces.append(False)
            at = end
        return Doc(self.vocab, words=tokens, spaces=spaces)

    # The tokenizer has no settings: these four let `nlp.to_disk` and `nlp.to_bytes` work.
    def to_bytes(self, **_: object) -> bytes:
        """Nothing."""
        return b""

    def from_bytes(self, _data: bytes, **_kw: object) -> RuleTokenizer:
        """Itself."""
        return self

    def to_disk(self, _path: object, **_kw: object) -> None:
        """Nothing is written."""

    def from_disk(self, _path: object, **_kw: object) -> RuleTokenizer:
        """Itself."""
        return self


@registry.tokenizers("extractor.RuleTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], RuleTokenizer]:
    """The factory that spaCy's configuration names."""

    def build(nlp: Language) -> RuleTokenizer:
        return RuleTokenizer(nlp.vocab)

    return build


def _group(doc: Doc, name: str, spans: Iterable[Placed]) -> SpanGroup:
    found = [doc.char_span(s, e, label=kind, kb_id=code, alignment_mode="expand") for s, e, kind, code in spans]
    return SpanGroup(doc, name=name, spans=[s for s in found if s is not None])


def _label(item: Item, field: str) -> str:
    return str(getattr(item, "level", None) or getattr(item, "indicator", None) or field.rstrip("s")).upper()


def _marks(record: Record, field: str) -> list[Placed]:
    if field == "officials":
        return [(m.start, m.end, "OFFICIAL", "") for person in record.officials for m in person.mentions]
    return [(i.start, i.end, _label(i, field), getattr(i, "code", None) or "") for i in getattr(record, field)]


class FieldsComponent:
    """Sets `doc.sents`, `doc.spans["words"]`, `doc.spans[FIELD]`, `doc.spans["mentions"]`, `doc.ents`, `doc._.record`.

    `doc.spans["mentions"]` are the statistical layer's, labelled PER, LOC, POST, ORG. A place's span has its official code as
    `kb_id_`. Entities that earlier components set are kept where none of the record's stands.

    The publication date is `doc._.published`; else the context of `nlp.pipe(…, as_tuples=True)` where that is a date, an
    ISO string, or a mapping with `published` (and `id`, `title`); else the component's `published`; else the page's own.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        backend: str,
        persons: bool,
        published: str | None,
        segment: bool,
        patterns: str | None,
    ) -> None:
        self.name = name
        self.patterns = None if patterns is None else pattern_set(patterns)
        self.backend = backend
        self.persons = persons
        self.published = given_date(published)
        self.segment = segment

    def __call__(self, doc: Doc) -> Doc:
        """Extract from `doc.text`. Raises `InputError` for a text that another tokenizer left uncomposed (not NFC)."""
        with in_force(self.patterns):
            article = self._article(doc)
            record, analysis = extract_reading(article, backend=self.backend, persons=self.persons)
        _set_record(doc, record)
        doc.spans["mentions"] = _group(doc, "mentions", [(m.start, m.end, m.label, "") for m in analysis.tagged])
        if self.segment:
            _segment(doc, read(article))
        for field in FIELDS:
            doc.spans[field] = _group(doc, field, _marks(record, field))
        ours = filter_spans([span for field in FIELDS for span in doc.spans[field]])
        taken = {token for span in ours for token in range(span.start, span.end)}
        doc.ents = [*ours, *(e for e in doc.ents if taken.isdisjoint(range(e.start, e.end)))]
        return doc

    def _article(self, doc: Doc) -> Article:
        if clean(doc.text) != doc.text:
            raise InputError(
                "the doc's text is not in NFC: use the tokenizer extractor.RuleTokenizer.v1, or extractor.text.clean"
            )
        context = _context(doc)
        published = doc._.published or given_date(context.get("published")) or self.published
        known = doc._.article_id or context.get("id") or content_id(doc.text)
        return Article(id=str(known), text=doc.text, title=doc._.title or context.get("title"), published=published)


def _context(doc: Doc) -> Mapping[str, Any]:
    """What `as_tuples` gave beside the text, as far as it says something of the article; anything else is the user's own."""
    given = getattr(doc, "_context", None)
    if isinstance(given, Mapping):
        return given
    if isinstance(given, date):
        return {"published": given}
    try:
        return {"published": date.fromisoformat(given)} if isinstance(given, str) else {}
    except ValueError:
        return {}


def _segment(doc: Doc, reading: Reading) -> None:
    spans = sentences(reading)
    begins = {s for s, _ in spans}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in begins
    doc.spans["words"] = _group(doc, "words", [(s, e, "WORD", "") for a, b in spans for s, e in words(doc.text, a, b)])


@Language.factory("extractor", default_config=_DEFAULTS, assigns=["doc.ents", "doc.sents", "doc._.record"])
def create_component(
    nlp: Language, name: str, backend: str, persons: bool, published: str | None, segment: bool, patterns: str | None
) -> FieldsComponent:
    """The factory behind `nlp.add_pipe("extractor")`."""
    return FieldsComponent(nlp, name, backend, persons, published, segment, patterns)


def displacy_options(doc: Doc) -> dict[str, Any]:
    """Options for `displacy.render(doc, style="ent", options=…)`: the colours that `extractor explain` uses.

    The labels of `doc.ents` differ with the values (DISTRICT, COVERAGE_RATE …), so the options are those of one doc.
    """
    colors = {span.label_: COLORS.get(label(field), "#dddddd") for field in FIELDS for span in doc.spans.get(field, ())}
    return {"colors": colors, "ents": sorted(colors)}


def load(
    *,
    backend: str = "crf",
    persons: bool = False,
    published: date | str | None = None,
    segment: bool = True,
    patterns: str | None = None,
) -> Language:
    """A spaCy `Language` for Vietnamese news.

    Args:
        backend: the statistical layer: `crf`, `underthesea`, `none`, or a path to a token-classification model.
        persons: keep private persons, with `official: false`.
        published: publication date of every text that has none of its own.
        patterns: a folder of pattern files with rows of your own, over the package's.
        segment: also set underthesea's sentences and words (about twice the time of the extraction).

    Returns:
        `nlp`; `nlp(text)` and `nlp.pipe(texts)` give docs with `doc._.record`.

    Raises:
        InputError: `published` is not a date.
    """
    day = given_date(published)
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "extractor.RuleTokenizer.v1"}}})
    settings = {
        "backend": backend,
        "persons": persons,
        "published": day and day.isoformat(),
        "segment": segment,
        "patterns": patterns,
    }
    nlp.add_pipe("extractor", config=settings)
    return nlp
