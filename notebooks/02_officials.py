# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 2 · Who chairs what: officials and their posts

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import extractor

ROOT = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "corpus").is_dir())
frames = extractor.records_to_frames(extractor.extract_files(ROOT / "corpus"))
pd.set_option("display.max_colwidth", 60)

# %%
posts = frames["positions"]
posts[["name", "role", "body", "body_resolved", "admin_level", "place_code"]].head(12)

# %% [markdown]
# Activities are given in the text's terms, with the words that say so.

# %%
activities = frames["officials"].explode("activities").dropna(subset=["activities"])
pd.DataFrame(
    {
        "name": activities["name"],
        "kind": [a["kind"] for a in activities["activities"]],
        "evidence": [a["text"] for a in activities["activities"]],
    }
).head(12)

# %%
counts = posts.groupby("role").size().sort_values().tail(12)
ax = counts.plot.barh(figsize=(8, 4), color="#1f6f8b", title="Posts in the sample corpus")
ax.set_xlabel("posts")
plt.tight_layout()
out = ROOT / "out"
out.mkdir(exist_ok=True)
plt.savefig(out / "posts.png", dpi=110)
