"""How much of the private persons that a reader found `redact=True` covers, and what else it covers.

    python benchmarks/redaction.py ARTICLES.jsonl NAMES.json

NAMES.json holds what was found by reading, before the run: `{"ARTICLE ID": {"private": ["chị Mận", ...], "bylines": [...]}}`,
names as they stand in the text with as much around them as tells them apart; every occurrence counts, the longest form first. A
mention is covered when the last word of its name is. Coverings that no listed mention explains are printed with what stands
around them, to judge.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import regex

import extractor
from extractor.redaction import MARK

_COVERED = regex.compile(f"{MARK}+(?:[ \u00a0]{MARK}+)*")
_NAMES = regex.compile(r"\p{Lu}[\p{L}\p{M}]*")
_AROUND = 40  # characters shown before and behind a covering


def mentions(text: str, forms: dict[str, list[str]]) -> list[tuple[int, int, str]]:
    """Start, end and kind of every occurrence of the listed forms, none within another."""
    out: list[tuple[int, int, str]] = []
    for form, kind in sorted(((f, k) for k, fs in forms.items() for f in fs), key=lambda fk: -len(fk[0])):
        for match in regex.finditer(rf"(?<!\w){regex.escape(form, literal_spaces=True)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b, _ in out):
                out.append((match.start(), match.end(), kind))
    return sorted(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("names", type=Path)
    args = parser.parse_args()
    listed = json.loads(args.names.read_text("utf-8"))
    counted: Counter[str] = Counter()
    for row in map(json.loads, args.articles.open(encoding="utf-8")):
        if str(row["id"]) not in listed:
            continue
        given = {"title": row.get("title"), "published": row.get("published")}
        plain = extractor.extract(row["text"], **given).text
        text = extractor.extract(row["text"], **given, redact=True).text
        found = mentions(plain, listed[str(row["id"])])
        counted["articles"] += 1
        for start, end, kind in found:
            name = [m.span() for m in _NAMES.finditer(plain, start, end)][-1]
            covered = set(text[slice(*name)]) == {MARK}
            counted[kind] += 1
            counted[f"{kind} covered"] += covered
            if not covered:
                print(f"open  {row['id']} {kind}: {plain[max(0, start - _AROUND) : end + _AROUND]!r}")
        for match in _COVERED.finditer(text):
            start, end = match.span()
            counted["coverings"] += 1
            if not any(a < end and start < b for a, b, _ in found):
                counted["unlisted"] += 1
                around = (plain[max(0, start - _AROUND) : start], plain[start:end], plain[end : end + _AROUND])
                print(f"other {row['id']} {around[0]!r} [{around[1]}] {around[2]!r}")
    for kind in ("private", "bylines"):
        print(f"{kind}: {counted[f'{kind} covered']} of {counted[kind]} mentions covered")
    print(f"{counted['articles']} articles, {counted['coverings']} coverings, {counted['unlisted']} of them unlisted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
