"""How the code is kept readable: small functions, words in rows, decisions on columns. Standard library alone."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import unicodedata
from pathlib import Path

import pytest
from sources import PACKAGE, parsed, walked

import extractor.fields
from extractor.errors import PatternError
from extractor.fields.officials.words import WordRow, expression, forms
from extractor.rules import Template, load_rows

FIELDS = Path(extractor.fields.__file__).parent
ROOMS = {  # share of functions over 10, and Vietnamese string literals, that a room may hold: lower them as they fall
    "places": (0.07, 0),
    "documents": (0.01, 2),
    "dates": (0.055, 0),
    "officials": (0.08, 0),
    "figures": (0.01, 0),
}
ALPHABETS = {  # modules that hold letters of the alphabet in order, in tables or as classes of their own
    "text.py", "text_legacy.py", "text_repair.py", "dataset/search.py", "dataset/opensearch.py", "gazetteer/names.py",
}  # fmt: skip
SHOWN = {  # strings of the user interface: examples of names in help and messages, the workbook's own Vietnamese line
    "cli/export.py": 1, "cli/extract.py": 1, "cli/places.py": 2, "dataset/export.py": 2, "dataset/should.py": 1,
    "evaluate/check.py": 1,
}  # fmt: skip
OPEN: set[str] = set()  # rooms whose functions are still larger
LARGEST, LARGE, LINES = 15, 10, 400
_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def complexity(function: ast.AST) -> int:
    """1 and one for each branch, loop, handler, comprehension with its conditions, case and boolean operator."""
    count, todo = 1, list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            continue
        if isinstance(node, _BRANCHES):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        todo += ast.iter_child_nodes(node)
    return count


def vietnamese(text: str) -> bool:
    """Whether a string holds a letter with a mark, or `đ`."""
    return any(c in "đĐ" or (c.isalpha() and unicodedata.decomposition(c)) for c in text)


def trees(room: str) -> dict[Path, ast.Module]:
    return {p: parsed(p) for p in sorted((FIELDS / room).rglob("*.py"))}


def functions(room: str) -> dict[str, int]:
    return {
        f"{path.name}:{node.lineno} {node.name}": complexity(node)
        for path in sorted((FIELDS / room).rglob("*.py"))
        for node in walked(parsed(path))
        if isinstance(node, _FUNCTIONS)
    }


def constants(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and value of the string literals of a module that are no docstring."""
    docs = {
        id(node.body[0].value)
        for node in walked(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, *_FUNCTIONS)) and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in walked(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def strings(tree: ast.Module) -> list[str]:
    return [value for _, value in constants(tree)]


def has_word(text: str) -> bool:
    """Whether a string holds a word of two letters and more, one of them with a mark, outside the classes of an expression."""
    bare = re.sub(r"\[(?:\\.|[^\]\\])*\]", " ", text)
    return any(len(word) > 1 and vietnamese(word) for word in re.findall(r"[^\W\d_]+", bare))


def literals(room: str) -> list[str]:
    """Vietnamese string literals of a room that are no docstring."""
    return [
        f"{path.name}:{line} {value!r}"
        for path, tree in trees(room).items()
        for line, value in constants(tree)
        if vietnamese(value)
    ]


def test_code_size_every_room_is_held_or_listed_as_open() -> None:
    rooms = {p.name for p in FIELDS.iterdir() if (p / "field.py").is_file()}
    assert rooms == ROOMS.keys() | OPEN


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_code_size_functions_are_small(room: str) -> None:
    found = functions(room)
    too_large = [f"{name}: {size}" for name, size in found.items() if size > LARGEST]
    assert not too_large, f"over {LARGEST}: {too_large}"
    large = sorted((f"{name}: {size}" for name, size in found.items() if size > LARGE), key=len)
    assert len(large) <= ROOMS[room][0] * len(found), f"{len(large)} of {len(found)} functions over {LARGE}: {large}"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_code_size_words_are_rows(room: str) -> None:
    found = literals(room)
    assert len(found) <= ROOMS[room][1], f"{len(found)} literals that belong into patterns/: {found}"


def outside() -> dict[str, ast.Module]:
    """The modules outside the fields, by their path in the package."""
    found = {p.relative_to(PACKAGE).as_posix(): p for p in sorted(PACKAGE.rglob("*.py")) if FIELDS not in p.parents}
    return {name: parsed(path) for name, path in found.items()}


def test_code_size_functions_outside_the_fields_are_small() -> None:
    too_large = [
        f"{name}:{node.lineno} {node.name}: {size}"
        for name, tree in outside().items()
        for node in walked(tree)
        if isinstance(node, _FUNCTIONS) and (size := complexity(node)) > LARGEST
    ]
    assert not too_large, f"over {LARGEST}: {too_large}"


def test_code_size_words_outside_the_fields_are_rows_or_data() -> None:
    found = {name: sum(map(has_word, strings(tree))) for name, tree in outside().items() if name not in ALPHABETS}
    assert {name: count for name, count in found.items() if count > SHOWN.get(name, 0)} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"(?:ngày|hôm)[ ]", True),
        (r"(?<=số)\d", True),
        ("TP. Hồ", True),
        (r"[a-zđ][.)]", False),
        (r"[ăâđ]\s", False),
        ("Đ", False),
        ("plain words", False),
    ],
)
def test_code_size_has_word(text: str, expected: bool) -> None:
    assert has_word(text) == expected


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_code_size_modules_are_short_and_no_row_id_decides(room: str) -> None:
    for path, tree in trees(room).items():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES, path
        for node in walked(tree):
            if (
                isinstance(node, ast.Compare)
                and isinstance(node.left, ast.Attribute)
                and node.left.attr in ("id", "rule")
            ):
                compared = [x for c in node.comparators for x in ast.walk(c)]
                words = [x for x in compared if isinstance(x, ast.Constant) and isinstance(x.value, str)]
                names = [x for x in compared if isinstance(x, ast.Name) and x.id.isupper()]
                assert not [*words, *names], f"{path}:{node.lineno}: make it a column"


def test_code_size_templates_compile() -> None:
    found = [
        (f"{info.name}.{name}", value)
        for info in pkgutil.walk_packages([str(FIELDS)], "extractor.fields.")
        for name, value in vars(importlib.import_module(info.name)).items()
        if isinstance(value, Template)
    ]
    assert len(found) > 50
    for name, value in found:
        assert value.compiled.pattern, name
        bare = re.sub(r"\[(?:\\.|[^\]\\])*\]", "", value.compiled.pattern)
        assert " " not in bare, f"{name}: a blank that is no class"


def test_code_size_every_group_of_post_words_is_asked_for_and_there() -> None:
    groups = {row.group for row in load_rows("post_words.yaml", WordRow)}
    asked: set[str] = set()
    for tree in trees("officials").values():
        for node in walked(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked |= set(re.findall(r"\{([a-z][a-z-]*)\}", node.value)) | {node.value}
    assert not groups - asked, f"no expression and no reader asks for them: {sorted(groups - asked)}"
    for group in sorted(asked & groups):
        assert forms(group), group
        assert expression(group), group


def test_code_size_words_of_a_group_without_rows_are_refused() -> None:
    with pytest.raises(PatternError, match="no row of the group 'nowhere'"):
        expression("nowhere")


def test_code_size_complexity_counts() -> None:
    tree = ast.parse(
        "def f(a):\n    if a and a > 1 or not a:\n        return [x for x in a if x]\n    return 1 if a else 0"
    )
    assert complexity(tree.body[0]) == 7


def test_code_size_the_page_on_architecture_names_every_part_and_no_other() -> None:
    page = (PACKAGE.parent / "docs/architecture.md").read_text(encoding="utf-8")
    parts = {p.name if p.is_file() else f"{p.name}/" for p in PACKAGE.iterdir() if p.name[0] not in "_."} - {"py.typed"}
    named = set(re.findall(r"`([\w./]+(?:\.py|/))`", page))
    assert parts <= named, f"not on the page: {sorted(parts - named)}"
    gone = {
        name
        for name in named
        if not any((at / name).exists() for at in (PACKAGE, FIELDS, FIELDS / "dates", PACKAGE.parent))
    }
    assert not gone, f"named, but not there: {sorted(gone)}"
    packages = {p.parent.name for p in FIELDS.glob("*/field.py")}
    rows = {m[1]: m[2] for m in re.finditer(r"^\| (\w+) \| (`.*)\|$", page, re.MULTILINE)}
    for room in packages:
        modules = re.findall(r"`(\w+/?)`", rows[room])
        assert modules
        missing = [m for m in modules if not ((FIELDS / room / m).exists() or (FIELDS / room / f"{m}.py").exists())]
        assert not missing, f"{room}: {missing}"
