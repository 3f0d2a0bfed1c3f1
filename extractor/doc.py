"""A spaCy `Language` over the pipeline: underthesea's words and sentences, the fields as span groups, the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from extractor.language import read, sentences, words
from extractor.models import Article
from extractor.pipeline import extract_reading
from extractor.records import FIELDS, Item
from extractor.rules import pattern_set
from extractor.rules import patterns as in_force
from extractor.text import clean

for _name, _default in (("record", None), ("published", None), ("article_id", None), ("title", None)):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


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
        return b""

    def from_bytes(self, _data: bytes, **_kw: object) -> RuleTokenizer:
        return self

    def to_disk(self, _path: object, **_kw: object) -> None:
        return None

    def from_disk(self, _path: object, **_kw: object) -> RuleTokenizer:
        return self


@registry.tokenizers("extractor.RuleTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], RuleTokenizer]:
    """The factory that spaCy's configuration names."""

    def build(nlp: Language) -> RuleTokenizer:
        return RuleTokenizer(nlp.vocab)

    return build


def _group(doc: Doc, name: str, spans: list[tuple[int, int, str]]) -> SpanGroup:
    found = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in spans]
    return SpanGroup(doc, name=name, spans=[s for s in found if s is not None])


def _label(item: Item, field: str) -> str:
    return str(getattr(item, "level", None) or getattr(item, "indicator", None) or field.rstrip("s")).upper()


@Language.factory(
    "extractor_fields",
    default_config={"backend": "crf", "persons": False, "published": None, "segment": True, "patterns": None},
)
class FieldsComponent:
    """Sets `doc.sents`, `doc.spans["words"]`, `doc.spans[FIELD]`, `doc.spans["mentions"]`, `doc.ents`, `doc._.record`.

    `doc.spans["mentions"]` are the statistical layer's, labelled PER, LOC, POST, ORG.

    The publication date is `doc._.published` (a `datetime.date` or ISO string) where the caller set it, else the
    component's `published`, else the page's own date line.
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
        self.patterns = None if patterns is None else pattern_set(patterns)
        self.backend = backend
        self.persons = persons
        self.published = published
        self.segment = segment

    def __call__(self, doc: Doc) -> Doc:
        given = doc._.published or self.published
        published = date.fromisoformat(given) if isinstance(given, str) else given
        article = Article(id=doc._.article_id or "", text=doc.text, title=doc._.title, published=published)
        with in_force(self.patterns):
            record, analysis = extract_reading(article, backend=self.backend, persons=self.persons)
        doc._.record = record
        doc.spans["mentions"] = _group(doc, "mentions", [(m.start, m.end, m.label) for m in analysis.mentions])
        if self.segment:
            spans = sentences(analysis.reading)
            starts = {t.idx: t for t in doc}
            for token in doc:
                token.is_sent_start = False
            for s, _ in spans:
                if s in starts:
                    starts[s].is_sent_start = True
            if len(doc):
                doc[0].is_sent_start = True
            doc.spans["words"] = _group(
                doc, "words", [(s, e, "WORD") for a, b in spans for s, e in words(doc.text, a, b)]
            )
        entities: list[tuple[int, int, str]] = []
        for field in FIELDS:
            marks = [(i.start, i.end, _label(i, field)) for i in getattr(record, field)]
            if field == "officials":
                marks = [(m.start, m.end, "OFFICIAL") for person in record.officials for m in person.mentions]
            doc.spans[field] = _group(doc, field, marks)
            entities += marks
        group = _group(doc, "ents", entities)
        doc.ents = filter_spans(list(group))
        return doc


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
        published: publication date of every text that has no `doc._.published` of its own.
        patterns: a folder of pattern files with rows of your own, over the package's.
        segment: also set underthesea's sentences and words (about twice the time of the extraction).

    Returns:
        `nlp`; `nlp(text)` and `nlp.pipe(texts)` give docs with `doc._.record`.
    """
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "extractor.RuleTokenizer.v1"}}})
    nlp.add_pipe(
        "extractor_fields",
        config={
            "backend": backend,
            "persons": persons,
            "published": published.isoformat() if isinstance(published, date) else published,
            "segment": segment,
            "patterns": patterns,
        },
    )
    return nlp
