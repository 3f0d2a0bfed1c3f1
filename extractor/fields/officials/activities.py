"""What a person does in the text's terms: chairs, speaks, attends, signs, is appointed …, each with its evidence."""

from __future__ import annotations

import regex

from extractor.fields.officials.lexicon import key, lexicon
from extractor.fields.officials.names import Name
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.models import Reading
from extractor.records import Activity

_ADVERBS = regex.compile(
    r"(?:[\s,)\-–]|(?:đã|vừa|cũng|đang|sẽ|tiếp tục|trực tiếp|còn|cùng|thay mặt [\p{L} ]{3,40}|đến|tới|và các đại biểu)(?!\p{L}))*"
)
_CLAUSE = regex.compile(r"[^.;:,\n“\"]{0,90}")
_ATTENDED = regex.compile(
    r"(?<!\p{L})(?:tham dự|đến dự|tới dự|dự|cùng dự|có mặt tại)(?!\p{L})[^.;\n]{0,60}?"
    r"(?<!\p{L})(?:có|gồm|gồm có)(?!\p{L})\s*:?"
)
_APPOINTED = regex.compile(
    r"(?<!\p{L})(?:được bổ nhiệm|bổ nhiệm|được bầu|bầu|được điều động|điều động|được phân công|phân công|"
    r"giữ chức|nhận nhiệm vụ|được chỉ định|chỉ định|được cử)(?!\p{L})"
)
_DISMISSED = regex.compile(
    r"(?<!\p{L})(?:thôi giữ|thôi làm|thôi nhiệm vụ|miễn nhiệm|cách chức|bãi nhiệm|từ chức|thôi chức)(?!\p{L})"
)


def activities(reading: Reading, person: Person) -> tuple[Activity, ...]:
    """A person's activities in text order, one of a kind a sentence."""
    seen: set[tuple[str, int]] = set()
    out: list[Activity] = []

    def add(kind: str, start: int, end: int, before: Post | None = None, after: Post | None = None) -> None:
        while end > start and reading.text[end - 1] in " ,;-–(":
            end -= 1
        mark = (kind, reading.sentence_index(start))
        if end > start and mark not in seen:
            seen.add(mark)
            out.append(
                Activity(
                    start=start,
                    end=end,
                    text=reading.text[start:end],
                    kind=kind,
                    from_position=_title(before),
                    to_position=_title(after),
                )
            )

    for name in (*person.names, *person.aliases):
        _verbs(reading, person, name, add)
        _attended(reading, name, add)
    _moves(reading, person, add)
    return tuple(sorted(out, key=lambda a: a.start))


def _title(post: Post | None) -> str | None:
    if post is None:
        return None
    return f"{post.role} {post.body}" if post.body else post.role


def _verbs(reading: Reading, person: Person, name: Name, add: object) -> None:
    """The verb right after the name, or after the posts that follow the name."""
    table = lexicon()
    assert callable(add)
    anchor = name.end
    stop = reading.sentence_at(name.start)[1]
    for post in sorted(person.posts, key=lambda p: p.start):
        if anchor <= post.start <= anchor + 12 and post.end <= stop:
            anchor = post.end
    skipped = _ADVERBS.match(reading.folded, anchor, stop)
    at = skipped.end() if skipped else anchor
    verb = table.activity.match(reading.folded, at, stop)
    if verb is None:
        return
    clause = _CLAUSE.match(reading.text, verb.end(), stop)
    add(table.activities[key(verb.group())], verb.start(), clause.end() if clause else verb.end())


def _attended(reading: Reading, name: Name, add: object) -> None:
    """ "Tham dự hội nghị có các đồng chí: …" opens a list of those who attend."""
    assert callable(add)
    begin = max(reading.sentence_at(name.start)[0], name.start - 700)
    found = _ATTENDED.search(reading.folded, begin, name.start)
    if found is not None and found.start() - begin < 80:
        add("attends", found.start(), found.end())


def _moves(reading: Reading, person: Person, add: object) -> None:
    """Appointments and dismissals: the post that is taken up or given up, and the one before it."""
    assert callable(add)
    names = sorted((*person.names, *person.aliases), key=lambda n: n.start)
    posts = sorted(person.posts, key=lambda p: p.start)
    for post in posts:
        begin, _ = reading.sentence_at(post.start)
        mine = [n for n in names if begin <= n.start < post.start]
        if not mine:
            continue
        earlier = [p for p in posts if begin <= p.start and p.end <= post.start]
        floor = max(mine[-1].end, earlier[-1].end if earlier else 0)
        if up := _DISMISSED.search(reading.folded, floor, post.start):
            add("dismissed", up.start(), post.end, post)
        elif up := _APPOINTED.search(reading.folded, floor, post.start):
            add("appointed", up.start(), post.end, earlier[-1] if earlier else None, post)
