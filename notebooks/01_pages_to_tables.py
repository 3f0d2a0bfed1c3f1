# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 1 · From a folder of pages to tables
#
# The sample corpus holds pages as a scraper leaves them: text and HTML, menus and captions, old encodings.
# `extract_files` turns them into validated records, `records_to_frames` the records into one data frame a field, joined by `id`.

# %%
from pathlib import Path

import pandas as pd

import extractor

ROOT = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "corpus").is_dir())
pd.set_option("display.max_colwidth", 60)

# %%
records = list(extractor.extract_files(ROOT / "corpus"))
frames = extractor.records_to_frames(records)
{name: len(frame) for name, frame in frames.items()}

# %% [markdown]
# Every value says where it stands in the text, and which rule or model gave it.

# %%
frames["figures"][["id", "text", "value", "unit", "programme", "indicator", "status", "place", "period", "rule"]].head(
    12
)

# %%
frames["documents"][["type", "number", "issuer", "date"]].drop_duplicates().head(10)

# %% [markdown]
# The quote always stands at its offsets: this is what makes the tables checkable.

# %%
texts = frames["articles"].set_index("id")["text"]
figures = frames["figures"]
assert all(texts[r.id][r.start : r.end] == r.text for r in figures.itertuples())
len(figures)
