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
def css_variables(light: str = ":root", dark: str = ":root") -> str:
    """The colours as CSS custom properties (`--figure`), those of a dark ground where the reader's system asks for them.

    `light` and `dark` are the selectors that hold them.
    """
    day = "".join(f"--{name}:{colours[0]};" for name, colours in palette().items())
    night = "".join(f"--{name}:{colours[1]};" for name, colours in palette().items())
    return f"{light}{{color-scheme:light dark;{day}}}\n@media (prefers-color-scheme:dark){{{dark}{{{night}}}}}\n"
