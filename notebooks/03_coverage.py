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
import pandas as pd

import extractor
from extractor.dataset.web.tiles import name_of, places
from extractor.gazetteer import REFORM, gazetteer
from extractor.palette import palette

ROOT = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "corpus").is_dir())
frames = extractor.records_to_frames(extractor.extract_files(ROOT / "corpus"))
figures = frames["figures"].merge(frames["articles"][["id", "published"]], on="id")
coverage = figures[(figures.programme == "BHYT") & (figures.indicator == "coverage_rate") & figures.group.isna()]
coverage[["id", "value", "status", "place", "place_code", "period_value", "published"]].head(15)

# %% [markdown]
# A plot says what it shows: levels of units apart, targets as open diamonds, the lowest and the highest by name, below what it
# is drawn from. A figure stands at the end of its period, or on its article's day where it has none.

# %%
BOTTOM = 50  # per cent, where the axis begins
LEVELS = {2: "provinces", 3: "districts", 5: "communes"}
INK, SOFT, LINE = (palette()[name][0] for name in ("ink", "soft", "line"))
REACHED, TARGET = (palette()[name][0] for name in ("series-1", "target"))
plt.rcParams |= {"axes.edgecolor": LINE, "text.color": INK, "xtick.color": SOFT, "ytick.color": SOFT, "font.size": 9}
plt.rcParams |= {"axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": LINE}

coverage = coverage.assign(
    day=pd.to_datetime(coverage.end_date.fillna(coverage.published)), level=coverage.place_code.str.len().map(LEVELS)
)
plain = coverage.dropna(subset=["day", "level"])
source = (
    f"{len(frames['articles'])} invented articles of the sample corpus; {len(plain)} rates of a unit's whole population"
)


def named(code: str) -> str:
    """A unit with its type, as it is today or was last."""
    unit = gazetteer().versions(code)[-1]
    return unit.full_name


fig, axes = plt.subplots(1, 3, figsize=(10, 4.2), sharey=True, layout="constrained")
for ax, level in zip(axes, LEVELS.values(), strict=True):
    some = plain[plain.level == level]
    reached, aims = some[some.status == "actual"], some[some.status == "target"]
    ax.scatter(reached.day, reached.value, s=26, color=REACHED, label="reached")
    ax.scatter(aims.day, aims.value, s=30, marker="D", facecolor="none", edgecolor=TARGET, label="target")
    for row, shift in ((reached.loc[reached.value.idxmin()], -13), (reached.loc[reached.value.idxmax()], 7)):
        side = "right" if row.day > reached.day.median() else "left"
        text = f"{named(row.place_code)} {row.value:g}"
        ax.annotate(text, (row.day, row.value), (0, shift), textcoords="offset points", ha=side, fontsize=8)
    span = f"{reached.value.min():g} to {reached.value.max():g} %, median {reached.value.median():.1f}"
    ax.set_title(f"{level}\n{span}", loc="left", fontsize=9)
    ax.set_ylim(BOTTOM, 104)
    ax.margins(x=0.12)
    ax.tick_params(axis="x", rotation=45)
axes[0].set_ylabel("% of the population with a health insurance card")
axes[0].legend(frameon=False, loc="lower left")
above = plain[plain.status == "target"].value.median() - plain[plain.status == "actual"].value.median()
fig.suptitle(f"Targets lie {above:.1f} points above what is reached (medians)", x=0.01, ha="left", fontweight="bold")
below = (plain.value < BOTTOM).sum()
fig.supxlabel(f"{source}; {below} below the axis", x=0.01, ha="left", fontsize=8, color=SOFT)
out = ROOT / "out"
out.mkdir(exist_ok=True)
plt.savefig(out / "coverage.png", dpi=110)

# %% [markdown]
# The official codes join figures to provinces, and the provinces to a map: a tile each, as the country was parted until June
# 2025. Of each province the newest rate that was reached is shown, of the province itself.

# %%
newest = plain[(plain.level == "provinces") & (plain.status == "actual") & (plain.day < REFORM)].sort_values("day")
newest = newest.drop_duplicates("place_code", keep="last").set_index("place_code")
fig, ax = plt.subplots(figsize=(8, 7.6), layout="constrained")
WIDE = 2.6  # of a tile, its height being 1
low, high = newest.value.min(), newest.value.max()
for code, (row, column) in places("63").items():
    known, x = code in newest.index, column * WIDE
    strong = 0.15 + 0.7 * (newest.value[code] - low) / (high - low) if known else 0
    ax.add_patch(plt.Rectangle((x, row), WIDE - 0.06, 0.94, facecolor=REACHED, alpha=strong, linewidth=0))
    ax.add_patch(plt.Rectangle((x, row), WIDE - 0.06, 0.94, facecolor="none", edgecolor=REACHED if known else LINE))
    letters, middle = "white" if strong > 0.5 else INK, x + WIDE / 2 - 0.03
    name = name_of(code, "63").removeprefix("Thành phố ")
    ax.text(
        middle,
        row + (0.3 if known else 0.5),
        name,
        ha="center",
        va="center",
        fontsize=6,
        color=letters if known else SOFT,
    )
    if known:
        told = f"{newest.value[code]:.1f} · {newest.day[code]:%Y}"
        ax.text(middle, row + 0.68, told, ha="center", va="center", fontsize=7.5, fontweight="bold", color=letters)
ax.autoscale_view()
ax.invert_yaxis()
ax.set_aspect("equal")
ax.axis("off")
lowest, highest = name_of(newest.value.idxmin(), "63"), name_of(newest.value.idxmax(), "63")
finding = f"Of {len(newest)} provinces {lowest} has the lowest rate, {highest} the highest"
ax.set_title(finding, loc="left", fontweight="bold")
legend = "% with a health insurance card and its year, the newest that was reached; an empty tile: none is told"
fig.supxlabel(f"{legend}\n{source}", x=0.01, ha="left", fontsize=7.5, color=SOFT)
plt.savefig(out / "map.png", dpi=110)
