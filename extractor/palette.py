"""The colours of everything that is shown: the web page, `explain` in a terminal and as a page, reports. One table, two lights."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def palette() -> dict[str, tuple[str, str]]:
    """Colours by name as `#rrggbb`, for a light and for a dark ground: `figure` a field's line, `figure-wash` its ground."""
    text = (files("extractor") / "data" / "palette.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {name: (light, dark) for name, light, dark in rows}


def wash(field: str) -> str:
    """The ground of a field's mark where letters are dark; a pale grey for a field without a colour of its own."""
    return palette().get(f"{field}-wash", palette()["sunk"])[0]


@cache
def css_marks() -> str:
    """The style sheet of marks: class `m` and the field's name, `weak` where the reading is in doubt."""
    return (files("extractor") / "data" / "marks.css").read_text(encoding="utf-8")


@cache
def css_record() -> str:
    """The style sheet of a record in a notebook, to stand inside the rule of its element."""
    return (files("extractor") / "data" / "record.css").read_text(encoding="utf-8")


@cache
def css_variables(*, switch: bool = False) -> str:
    """The colours as CSS custom properties (`--figure`), those of a dark ground where the reader's system asks for them.

    With `switch` the attribute `data-theme` of the page's root (`light`, `dark`) goes before the system.
    """
    day, night = ("".join(f"--{name}:{colours[light]};" for name, colours in palette().items()) for light in (0, 1))
    system = ":root:not([data-theme=light])" if switch else ":root"
    chosen = f":root[data-theme=dark]{{color-scheme:dark;{night}}}\n" if switch else ""
    return (
        f":root{{color-scheme:light dark;{day}}}\n@media (prefers-color-scheme:dark){{{system}{{{night}}}}}\n{chosen}"
    )
