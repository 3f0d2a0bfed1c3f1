"""What may stand in as the statistical layer: the project's own model, underthesea, a local Hugging Face model, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import ModelError
from extractor.install import pip_install
from extractor.models import Evidence, Mention, Reading
from extractor.ner.lexicon import DATA


class Backend(Protocol):
    """A statistical layer: a reading to mentions labelled PER, LOC, POST, ORG."""

    def __call__(self, reading: Reading, /) -> Sequence[Mention]:
        """Mentions in text order, not overlapping within a label."""
        ...


GROUP = "extractor.backends"  # of entry points: a name → a function without arguments that makes a backend
_registered: dict[str, Callable[[], Backend]] = {}
SHIPPED = DATA / "ner.npz"
_HF_WINDOW = 1200  # characters given to a transformer at a time; its own limit is in subwords
_LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "LOC": "LOC",
    "LOCATION": "LOC",
    "GPE": "LOC",
    "ORG": "ORG",
    "ORGANIZATION": "ORG",
    "POST": "POST",
}


def _sentences(reading: Reading) -> Iterator[tuple[int, str]]:
    for start, end in reading.sentences:
        for at in range(start, end, _HF_WINDOW):
            yield at, reading.text[at : min(end, at + _HF_WINDOW)]


def _none(reading: Reading) -> list[Mention]:
    return []


def _underthesea(reading: Reading) -> list[Mention]:
    """underthesea's CRF, sentence by sentence (it is worse than linear on longer texts)."""
    from extractor.language import named_entities

    evidence = Evidence("ner", "underthesea", 0.5)
    out: list[Mention] = []
    for at, sentence in _sentences(reading):
        for start, end, label in named_entities(sentence):
            if label in _LABELS:
                out.append(Mention.at(reading.text, at + start, at + end, _LABELS[label], evidence))
    return out


def _hugging_face(folder: Path) -> Backend:
    """A token-classification model saved in `folder`; nothing is downloaded. Needs the extra `hf`."""
    try:
        from transformers import pipeline
    except ImportError:
        raise ModelError(f"{folder}: a Hugging Face model needs transformers and torch: {pip_install('hf')}") from None
    try:
        run = pipeline(
            "token-classification", model=str(folder), tokenizer=str(folder), aggregation_strategy="simple", device=-1
        )
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"{folder}: not a token-classification model that can be loaded: {error}") from None

    def tag(reading: Reading) -> list[Mention]:
        parts = list(_sentences(reading))
        out: list[Mention] = []
        for (at, part), found in zip(parts, run([part for _, part in parts]) if parts else (), strict=True):
            out += _aggregated(reading, at, part, found, folder.name)
        return out

    return tag


def _aggregated(reading: Reading, at: int, part: str, found: list[dict[str, Any]], name: str) -> Iterator[Mention]:
    for entity in found:
        label = _LABELS.get(str(entity["entity_group"]).upper())
        start, end = entity.get("start"), entity.get("end")
        if label is None or start is None or end is None:
            continue
        # Subwords may carry the blank before them.
        start += len(part[start:end]) - len(part[start:end].lstrip())
        if start < end:
            evidence = Evidence("ner", name, round(float(entity["score"]), 3))
            yield Mention.at(reading.text, at + start, at + end, label, evidence)


def register_backend(name: str, make: Callable[[], Backend]) -> None:
    """Give a statistical layer a name, for `extract(…, backend=name)` in this process; `make` is called when it is first used.

    A package that wants its backend on the command line names it as an entry point of the group `extractor.backends`.
    Raises `ModelError` for one of the built-in names.
    """
    if name in ("crf", "underthesea", "none"):
        raise ModelError(f"{name}: this backend is built in; choose another name")
    _registered[name] = make
    backend_for.cache_clear()


def _installed(name: str) -> Backend | None:
    """The backend that an installed package offers under that name."""
    for entry in entry_points(group=GROUP, name=name):
        try:
            made: Backend = entry.load()()
        except Exception as error:  # another's code: whatever it raises, the backend cannot be had
            raise ModelError(f"{name}: the backend of {entry.value} cannot be loaded: {error}") from error
        return made
    return None


@lru_cache(maxsize=8)
def backend_for(name: str) -> Backend:
    """The backend of that name; `extractor.ner.tag` tells the names. Raises `ModelError` for any other."""
    if name == "none":
        return _none
    if name == "underthesea":
        return _underthesea
    if name in _registered:
        return _registered[name]()
    if name != "crf" and (offered := _installed(name)) is not None:
        return offered
    path = SHIPPED if name == "crf" else Path(name)
    if path.is_dir():
        return _hugging_face(path)
    if path.is_file():
        from extractor.ner.tagger import Tagger

        return Tagger.load(path)
    known = "".join(f"{other}, " for other in sorted({*_registered, *(e.name for e in entry_points(group=GROUP))}))
    raise ModelError(
        f"{name}: no such backend; give crf, underthesea, none, {known}a model file or a folder of a Hugging Face model"
    )
