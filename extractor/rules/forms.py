"""From literal forms to one expression over folded text."""

from __future__ import annotations

from collections.abc import Iterable

import regex


def word_tree(forms: Iterable[str]) -> str:
    """Literal forms as one expression that branches word by word, longest first: few alternatives at every position."""
    tree: dict[str, list[list[str]]] = {}
    for form in sorted(set(forms)):
        head, *tail = form.split(" ")
        tree.setdefault(head, []).append(tail)
    out = []
    for head in sorted(tree, key=len, reverse=True):
        tails = [" ".join(t) for t in tree[head] if t]
        piece = regex.escape(head, special_only=True, literal_spaces=True)
        if tails:
            piece += rf"(?:[ ]{{1,2}}{word_tree(tails)}){'?' if [] in tree[head] else ''}"
        out.append(piece)
    return f"(?:{'|'.join(out)})"
