"""What stands around a post, whoever it may belong to: worked out once a post, not once for each of the names near it."""

from __future__ import annotations

from functools import cached_property

from extractor.fields.officials.links import links
from extractor.fields.officials.scene import Scene, kind, shape
from extractor.fields.officials.words import template

_CLAUSE = 600  # characters of a sentence around a post
_SOON = 45  # characters from a post to the subject that takes it up
_PROXY = 20  # characters before a post
_ACROSS = 120  # characters to a name on either side
_STAGE = template(r"{from}[ ][nt]|{year}[ ]|{month}|\d")  # "Từ năm 2010 …", "Năm 2010, …", "Tháng 5/2010 …"


class Around:
    """What stands around post `at` of a scene."""

    def __init__(self, scene: Scene, at: int) -> None:
        self._scene, self._at = scene, at
        self.post = scene.posts[at]
        self.sentence = scene.reading.sentence_at(self.post.start)  # start and end of the post's
        self.prev = scene.before(self.post.start, 1)
        self.next, self.next2 = scene.after(self.post.end, 1), scene.after(self.post.end, 2)

    @cached_property
    def told(self) -> str:
        """How the sentence brings the post to someone: the words before it, a subject before or behind it, a name."""
        scene, post = self._scene, self.post
        start, end = self.sentence
        start, end = max(start, post.start - _CLAUSE), min(end, post.end + _CLAUSE)
        begin = max(start, scene.posts[self._at - 1].end if self._at else 0)
        cue = links().opening.search(scene.reading, begin, post.start) is not None
        subject = links().subject.search(scene.reading, start, post.start) is not None
        named = bool(scene.names_between(start, post.start)) + 2 * bool(scene.names_between(post.end, end))
        return f"{cue:d}{subject:d}{self.follows}{named}"

    @cached_property
    def proxy(self) -> bool:
        """Whether words of acting for someone stand right before the post: "thay mặt | Chủ tịch UBND tỉnh, ông …"."""
        begin = max(0, self.post.start - _PROXY)
        return links().proxy.search(self._scene.folded, begin, self.post.start) is not None

    @cached_property
    def follows(self) -> str:
        """The subject that follows the post and takes it up, "-" where none does: "Với cương vị Bí thư Khu ủy, ông …"."""
        scene, end = self._scene, self.post.end
        found = links().subject.search(scene.reading, end, min(end + _SOON, self.sentence[1]))
        if found is None or not scene.text[found.end() : found.end() + 1].islower():
            return "-"
        return "," if scene.folded[end : found.start()].strip() == "," else "+"

    @cached_property
    def subject(self) -> tuple[str, int] | None:
        """The word before the post in its sentence that takes a person up, and how far from the post, in steps of 25."""
        found = links().subject.search(self._scene.reading, self.sentence[0], self.post.start)
        return None if found is None else (found.group().strip(), min(8, (self.post.start - found.end()) // 25))

    @cached_property
    def opening(self) -> tuple[str, bool]:
        """The shape of the sentence up to the post, and whether it opens as the stage of a career."""
        words = self._scene.folded[self.sentence[0] : self.post.start].lstrip(" -–+•*")
        return shape(words) if len(words) < 40 else shape(words[:20]), _STAGE.match(words) is not None

    def across(self, left: bool) -> str:
        """The kind of gap to the nearest name on the other side than `left`, where no post stands between and it is near."""
        return self._right if left else self._left

    @cached_property
    def _left(self) -> str:
        number = self._scene.name_at(self.post.start)
        return "-" if number < 0 else self._gap(self._scene.names[number].end, self.post.start)

    @cached_property
    def _right(self) -> str:
        number = self._scene.name_at(self.post.start) + 1
        names = self._scene.names
        return "-" if number >= len(names) else self._gap(self.post.end, names[number].lead)

    def _gap(self, begin: int, end: int) -> str:
        if end - begin > _ACROSS or end < begin or self._scene.posts_between(begin, end):
            return "-"
        return kind(self._scene.folded[begin:end])
