"""Models of the statistical layer on the same folds: what each reads right, and how fast.

    python benchmarks/models.py GOLD… [--weak ARTICLES…] [--rows crf-plain,crf,…] [--folds 0,1,2,3,4] [--json OUT]

The articles of every gold file are dealt over five folds (seed 17). A row is trained without the articles of a fold and
measured on them: exact spans of persons, of administrative units, and of organisations where gold annotates them.
Weak labels are given by the first model of the same fold, so no gold of the fold's articles goes into them. Results are
added to OUT fold by fold, and what stands there is not computed again; with `--print` nothing is trained.

| row | is |
|---|---|
| crf-plain | conditional random field, word forms and lexicons |
| crf | the same with gazetteer, clusters of syllables and pairs of words |
| crf-varied | and a varied copy of every article |
| crf-without-own | `crf-varied` without the last gold file (what articles of the project's own add) |
| crf-weak-model | and unlabelled articles with labels that the first model is sure of |
| crf-weak-rules | and unlabelled articles as the pipeline reads them with the first model |
| cnn, cnn-varied, cnn-weak-rules | spaCy's convolutional network on the same material |
"""

from __future__ import annotations

import argparse
import json
import pickle
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from extractor.models import Reading
from extractor.ner.features import sequences
from extractor.ner.model import Model, from_crfsuite
from extractor.ner.tagger import PERSONS, Tagger
from extractor.training.gold import CHAINS, Example, Labelled, bio, load_gold, token_spans
from extractor.training.recipe import Recipe
from extractor.training.sequences import Sequence as Tokens
from extractor.training.sequences import of_examples, tokens_of
from extractor.training.teacher import completed
from extractor.training.train import WEAKLY, fit, varied
from extractor.training.weak import unlabelled, weak_labels

FOLDS = 5
EXTRAS = ("g=", "cc=", "cf=", "cap=", "b=")  # features that `crf-plain` does without
ROUNDS, PATIENCE = 15, 2  # of the network: at most, and without a gain on the held-out tenth before it stops
Material = list[list[Tokens]]


def dealt(files: Sequence[Path]) -> list[tuple[int, int, Example]]:
    """(number of the file, fold, example), the articles of each file dealt evenly."""
    out = []
    for number, path in enumerate(files):
        examples = load_gold(path)
        order = list(range(len(examples)))
        Random(17).shuffle(order)
        fold_of = {index: place % FOLDS for place, index in enumerate(order)}
        out += [(number, fold_of[i], example) for i, example in enumerate(examples)]
    return out


def plain(feature: str) -> bool:
    """Whether a feature is one of word forms and lexicons."""
    head, colon, rest = feature.partition(":")
    return not (rest if colon and head.lstrip("-").isdigit() else feature).startswith(EXTRAS)


def crf(
    material: Material,
    recipe: Recipe,
    chains: Sequence[str],
    keep: Callable[[str], bool] | None = None,
    weak: Material | None = None,
) -> Model:
    """A conditional random field of some chains; those that learn from weak labels in the recipe do so here."""
    import pycrfsuite

    taggers: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for chain in chains:
            path = Path(folder) / chain
            fit([*material, *((weak or []) if chain in WEAKLY else [])], recipe, path, chain, keep=keep)
            taggers[chain] = pycrfsuite.Tagger()
            taggers[chain].open(str(path))
        return from_crfsuite(taggers, {"id": "crf"})


def of_tagger(tagger: Tagger) -> Callable[[Reading], list[Labelled]]:
    """Spans of our own decoder, every label as the chain has it."""
    return lambda reading: [(f.start, f.end, f.label) for f in tagger.spans(reading)]


def cnn(material: Material, recipe: Recipe) -> Callable[[Reading], list[Labelled]]:
    """spaCy's `ner` on tokens of ours, trained until a tenth of the material held out gains no more."""
    import spacy
    from spacy import util
    from spacy.tokens import Doc
    from spacy.training import Example as Pair

    util.fix_random_seed(recipe.seed)  # type: ignore[attr-defined]
    nlp = spacy.blank("xx")
    ner: Any = nlp.add_pipe("ner")
    for label in CHAINS["names"]:
        ner.add_label(label)

    def pair(sequence: Tokens) -> Pair:
        words = sequence.tokens
        labels = ["O"] * len(words)
        for first, last, label in token_spans(sequence.labels["names"]):  # a span that a cut opened begins anew
            labels[first:last] = [f"B-{label}", *[f"I-{label}"] * (last - first - 1)]
        return Pair(Doc(nlp.vocab, words=words), Doc(nlp.vocab, words=words, ents=labels))

    held = [pair(s) for article in material[::10] for s in article]
    rows = [pair(s) for number, article in enumerate(material) if number % 10 for s in article]
    optimizer = nlp.initialize(lambda: rows[:500])
    draw = Random(recipe.seed)
    best, state, since = -1.0, b"", 0
    for _ in range(ROUNDS):
        draw.shuffle(rows)
        for batch in util.minibatch(rows, size=32):  # type: ignore[no-untyped-call]
            nlp.update(batch, sgd=optimizer, drop=0.2)
        score = nlp.evaluate(held)["ents_f"]
        since = 0 if score > best else since + 1
        if score > best:
            best, state = score, nlp.to_bytes()
        if since == PATIENCE:
            break
    nlp.from_bytes(state)

    def run(reading: Reading) -> list[Labelled]:
        tokens = tokens_of(reading)
        parts = list(sequences(reading))
        out: list[Labelled] = []
        docs = nlp.pipe((Doc(nlp.vocab, words=tokens[a:b]) for a, b in parts), batch_size=64)
        for (a, _), doc in zip(parts, docs, strict=True):
            out += ((reading.starts[a + e.start], reading.ends[a + e.end - 1], e.label_) for e in doc.ents)
        return out

    return run


def aligned(example: Example) -> Iterator[Labelled]:
    """Gold spans on borders of tokens, as the chains learn them."""
    reading = example.reading
    for chain in CHAINS:
        if chain != "bodies" or example.bodies:
            rows = token_spans(bio(reading, example.spans, chain))
            yield from ((reading.starts[a], reading.ends[b - 1], label) for a, b, label in rows)


def with_persons(spans: Iterator[Labelled] | list[Labelled]) -> set[Labelled]:
    """The spans, and persons whether official or not under one label."""
    found = set(spans)
    return found | {(s, e, "PERSON") for s, e, label in found if label in PERSONS}


def measure(
    examples: list[tuple[int, Example]], run: Callable[[Reading], list[Labelled]]
) -> tuple[dict[str, list[int]], float]:
    """Counts (right, found, in gold) by file and label, and seconds of processor time."""
    counts: dict[str, Counter[str]] = {}
    begin = time.thread_time()
    found = [run(example.reading) for _, example in examples]
    seconds = time.thread_time() - begin
    for (number, example), spans in zip(examples, found, strict=True):
        gold, read = with_persons(aligned(example)), with_persons(spans)
        if not example.bodies:
            read = {span for span in read if span[2] != "ORG"}
        for kind, some in (("right", gold & read), ("found", read), ("gold", gold)):
            for _, _, label in some:
                counts.setdefault(f"{number} {label}", Counter())[kind] += 1
    return {key: [c["right"], c["found"], c["gold"]] for key, c in counts.items()}, seconds


class Bench:
    """The folds and what several rows share: first models and weak labels, kept in a folder between runs."""

    def __init__(self, files: list[Path], weak: list[Path], recipe: Recipe, folder: Path) -> None:
        self.items = dealt(files)
        self.weak = weak
        self.recipe = recipe
        self.folder = folder
        self.last = len(files) - 1
        self.texts = frozenset(example.reading.text for _, _, example in self.items)
        folder.mkdir(parents=True, exist_ok=True)

    def material(self, fold: int, *, own: bool = True, copies: bool = True) -> Material:
        """Training sequences without a fold; `own` tells whether the last file counts, `copies` adds varied ones."""
        kept = [completed(e) for number, f, e in self.items if f != fold and (own or number != self.last)]
        return varied(of_examples(kept), self.recipe.replaced(copies=int(copies)))

    def weakly(self, fold: int, teacher: str) -> Material:
        """Weakly labelled sequences, by the first model of the fold."""
        path = self.folder / f"weak-{teacher}-{fold}.pickle"
        if not path.exists():
            first = crf(self.material(fold), self.recipe, list(CHAINS))
            readings = unlabelled(self.weak, self.recipe.weak_articles, self.recipe.seed, self.texts)
            path.write_bytes(pickle.dumps(list(weak_labels(readings, first, teacher))))
        weakly: Material = pickle.loads(path.read_bytes())
        return weakly

    def row(self, name: str, fold: int) -> dict[str, Any]:
        """A row's result on one fold."""
        kind, _, rest = name.partition("-")
        material = self.material(fold, own=rest != "without-own", copies=rest not in ("", "plain"))
        weak = self.weakly(fold, rest.removeprefix("weak-")) if rest.startswith("weak") else []
        begin = time.process_time()
        if kind == "cnn":
            run = cnn([*material, *weak], self.recipe)
        else:
            chains = list(CHAINS) if rest in ("varied", "weak-rules") else ["names"]
            model = crf(material, self.recipe, chains, plain if rest == "plain" else None, weak)
            model.save(self.folder / f"{name}-{fold}.npz")
            run = of_tagger(Tagger.of(model))
        training = time.process_time() - begin
        tests = [(number, e) for number, f, e in self.items if f == fold]
        counts, seconds = measure(tests, run)
        import underthesea

        begin = time.thread_time()
        for _, example in tests:
            underthesea.word_tokenize(example.reading.text)
        peer = time.thread_time() - begin
        return {
            "counts": counts,
            "training": training,
            "milliseconds": seconds / len(tests) * 1e3,
            "share": seconds / peer,
        }


def table(results: dict[str, Any], files: list[Path], folds_shown: Sequence[int]) -> Iterator[str]:
    """Lines of a Markdown table: precision / recall / F1 by file over those folds that are there, share of `word_tokenize`."""
    columns = [(n, label) for n in range(len(files)) for label in ("PERSON", "LOC", "POST", "ORG")]
    yield (
        "| model | folds | "
        + " | ".join(f"{label} {files[n].stem}" for n, label in columns)
        + " | speed | training, s |"
    )
    yield "|---" * (len(columns) + 4) + "|"
    for name in sorted({key.split(" ")[0] for key in results}):
        folds = [results[f"{name} {fold}"] for fold in folds_shown if f"{name} {fold}" in results]
        if not folds:
            continue
        cells = []
        for number, label in columns:
            right, found, gold = (
                sum(f["counts"].get(f"{number} {label}", [0, 0, 0])[i] for f in folds) for i in range(3)
            )
            if not gold or not found:
                cells.append("")
                continue
            p, r = right / found, right / gold
            cells.append(f"{p:.3f} / {r:.3f} / {2 * p * r / max(p + r, 1e-9):.3f}")
        speed = sum(f["share"] for f in folds) / len(folds)
        training = sum(f["training"] for f in folds) / len(folds)
        yield f"| {name} | {len(folds)} | " + " | ".join(cells) + f" | {speed:.2f} | {training:.0f} |"


def main() -> None:
    """Compute what is missing and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--weak", type=Path, nargs="*", default=[])
    parser.add_argument("--weak-articles", type=int, default=Recipe().weak_articles)
    parser.add_argument("--rows", default="crf-plain,crf,crf-varied,crf-without-own,cnn,cnn-varied")
    parser.add_argument("--folds", default="0,1,2,3,4")
    parser.add_argument("--json", type=Path, default=Path("models.json"))
    parser.add_argument("--print", action="store_true", dest="only_print")
    options = parser.parse_args()
    bench = Bench(options.gold, options.weak, Recipe(weak_articles=options.weak_articles), options.json.with_suffix(""))
    folds = [int(fold) for fold in options.folds.split(",")]
    results = json.loads(options.json.read_text(encoding="utf-8")) if options.json.exists() else {}
    for name in () if options.only_print else options.rows.split(","):
        for fold in folds:
            if f"{name} {fold}" not in results:
                results[f"{name} {fold}"] = bench.row(name, fold)
                options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
                print(f"{name}, fold {fold}", flush=True)
    print(*table(results, options.gold, folds), sep="\n")


if __name__ == "__main__":
    main()
