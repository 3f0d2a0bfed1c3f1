"""What the rows of roles say of a post: the row of its rule, the row of its role without "nguyên", "quyền" and "phó"."""

from __future__ import annotations

import regex

from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import RoleRow, key, lexicon
from extractor.fields.officials.words import template
from extractor.rules import cache

_UNKNOWN = RoleRow.model_construct(id="", role="")  # a role that no row has: none of the columns is set
_STANDING = template(r"^{role-prefix}[ ]", regex.IGNORECASE)
_PREFIX = template(r"^(?:{role-prefix}|{deputy-prefix})[ ]")


def row_of(post: Post) -> RoleRow:
    """The row that a post's role was read by."""
    return lexicon().ranked.get(post.rule, _UNKNOWN)


def plain_row_of(post: Post) -> RoleRow:
    """The same where the post's role is the row's, with nothing before or behind it."""
    row = row_of(post)
    return row if row.role == post.role else _UNKNOWN


def base(role: str) -> str:
    """A role without "nguyên", "quyền" and "phó", folded."""
    low = key(role)
    while match := _PREFIX.match(low):
        low = low[match.end() :]
    return low


def bare_role(role: str) -> str:
    """A role without "Nguyên", "Cựu" and "Quyền", which `former` and `acting` tell."""
    bare = _STANDING.sub("", role)
    return bare[:1].upper() + bare[1:]


def standing_role(role: str) -> str:
    """The same, folded: how roles of one person are compared."""
    return _STANDING.sub("", key(role))


@cache
def _bases() -> dict[str, RoleRow]:
    out: dict[str, RoleRow] = {}
    for row in lexicon().ranked.values():
        if row.kind != "weak" and key(row.role) == base(row.role):
            out.setdefault(key(row.role), row)
    return out


def base_row(role: str) -> RoleRow:
    """The row of the head whose deputy or predecessor a role is: "Phó Giám đốc" is one to a "Giám đốc"."""
    return _bases().get(base(role), _UNKNOWN)
