# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # 3 · Insurance coverage over time and place
#
# A figure carries its programme, indicator, status, place and period, so that it can be plotted without reading the article again.

# %%
from pathlib import Path

import matplotlib.pyplot as plt

import extractor
from extractor.dataset.places import coordinates, province

ROOT = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "corpus").is_dir())
frames = extractor.records_to_frames(extractor.extract_files(ROOT / "corpus"))
figures = frames["figures"].merge(frames["articles"][["id", "published"]], on="id")
coverage = figures[(figures.programme == "BHYT") & (figures.indicator == "coverage_rate") & figures.group.isna()]
coverage[["id", "value", "status", "place", "place_code", "period_value", "published"]].head(15)

# %%
fig, ax = plt.subplots(figsize=(8, 4))
for status, marker in (("actual", "o"), ("target", "^")):
    some = coverage[coverage.status == status].dropna(subset=["published"]).sort_values("published")
    ax.scatter(some.published.astype("datetime64[ns]"), some.value, marker=marker, label=status)
ax.set_ylabel("% of the population")
ax.set_title("BHYT coverage in the articles of the sample corpus")
ax.legend()
plt.tight_layout()
out = ROOT / "out"
out.mkdir(exist_ok=True)
plt.savefig(out / "coverage.png", dpi=110)

# %% [markdown]
# The official codes join figures to provinces, and the provinces to a map.

# %%
located = coverage.dropna(subset=["place_code"]).copy()
located["province"] = [
    (province(code, str(day)[:10]) or (None, None))[0]
    for code, day in zip(located.place_code, located.published, strict=True)
]
where = coordinates()
fig, ax = plt.subplots(figsize=(4, 7))
for code, group in located.groupby("province"):
    if code in where:
        latitude, longitude = where[code]
        ax.scatter(longitude, latitude, s=group.value.max() * 3, alpha=0.6, color="#1f6f8b")
        ax.annotate(f"{group.value.max():.0f}%", (longitude, latitude), fontsize=8, ha="center", va="center")
ax.set_xlim(102, 110.5)
ax.set_ylim(8, 24)
ax.set_title("Highest coverage named, by province")
plt.savefig(out / "map.png", dpi=110)
