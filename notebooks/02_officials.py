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
from extractor.palette import palette

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
INK, SOFT, BAR = (palette()[name][0] for name in ("ink", "soft", "series-1"))
counts = posts.groupby("role").size().sort_values().tail(12)
fig, ax = plt.subplots(figsize=(8, 4.4), layout="constrained")
bars = ax.barh(counts.index, counts, color=BAR)
ax.bar_label(bars, padding=4, color=SOFT)
ax.spines[["top", "right", "bottom"]].set_visible(False)
ax.tick_params(bottom=False, labelbottom=False, left=False, labelcolor=INK)
share = counts.iloc[-3:].sum() / len(posts)
ax.set_title(
    f"Three roles are {share:.0%} of all posts; “{counts.index[-1]}” is the commonest",
    loc="left",
    fontweight="bold",
)
source = f"{len(posts)} posts in {frames['articles'].shape[0]} invented articles of the sample corpus"
fig.supxlabel(source, x=0.01, ha="left", fontsize=8, color=SOFT)
out = ROOT / "out"
out.mkdir(exist_ok=True)
plt.savefig(out / "posts.png", dpi=110)
