# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 4 · Reading the errors against gold
#
# `extractor evaluate` scores records against annotations; here the same from Python, with the errors of one field to read.

# %%
import json
from pathlib import Path

import pandas as pd

import extractor
from extractor.evaluate.gold import load_gold
from extractor.evaluate.score import ROWS, score, total

ROOT = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "corpus").is_dir())
pd.set_option("display.max_colwidth", 80)
gold = load_gold(ROOT / "gold" / "sample.jsonl")
records = {r.id: json.loads(r.model_dump_json()) for r in extractor.extract_files(ROOT / "corpus")}

# %%
scores = score(gold, records)
rows = total(scores).rows
pd.DataFrame(
    {
        row: {"precision": rows[row].precision, "recall": rows[row].recall, "F1": rows[row].f1, "gold": rows[row].gold}
        for row in ROWS
    }
).T.round(3)

# %% [markdown]
# Each error says what kind it is and which rule is behind it.

# %%
errors = pd.DataFrame(
    [
        {"article": f.article, "field": f.field, "kind": f.kind, "text": f.text, "rule": f.rule}
        for s in scores
        for f in s.findings
    ]
)
errors.groupby(["field", "kind"]).size().unstack(fill_value=0)

# %%
errors[errors.field == "locations"].head(15)
