"""The sections that compare beyond the documents: the places above, ranks as intervals, what was reached."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pandas as pd

from compare.analysis.alike import Measure
from compare.analysis.contradictions import contradictions
from compare.analysis.figures import promised
from compare.analysis.increments import increments
from compare.analysis.ranks import rankable, ranks
from compare.analysis.verdicts import REACHED
from compare.briefings.charts import drawing_beside
from compare.briefings.material import Cells
from compare.briefings.pieces import Piece
from compare.briefings.sections import Sections
from compare.words.cascade import cascade
from compare.words.verdicts import attainment, observations

COMPARED = ("like", "assigned")
TAILS = ("shares", "assigned")
PARTS = ("higher", "equal", "lower", "reached", "missed", "unknown")


class Comparisons(Sections):
    """A briefing's comparisons with other places and with outcomes; `about` narrows them to a topic."""

    @property
    def about(self) -> str | None:
        """The topic the page is about, None where it is about all."""
        return None

    @cached_property
    def places(self) -> list[str]:
        """The cities compared and the places above them."""
        parents = self.book.places.set_index("place_id")["parent_id"]
        names = list(self.shown)
        for name in names:
            if not pd.isna(parents[name]) and parents[name] not in names:
                names.append(parents[name])
        return names

    @cached_property
    def cascade(self) -> list[Cells]:
        """The figures of the cities beside those above, those at hand before those from elsewhere."""
        rows = cascade(self.book, self.shown, self.about)
        return list(rows.to_dict("records"))

    def above(self) -> Piece:
        """Return the cities' figures beside those of the places above: what compares, and what does not."""
        alike = [row for row in self.cascade if row["relation"] in COMPARED]
        charts = drawing_beside.charts_above(self, alike)
        groups: dict[str, list[Cells]] = {}
        for row in self.cascade:
            if row["relation"] not in COMPARED:
                groups.setdefault(row["row_id"], []).append(row)
        title = self.title_above(alike)
        piece = self.piece("above.html.j2", alike=alike, groups=groups, charts=charts, title=title)
        return self.charted(piece, charts)

    @cached_property
    def contradicted(self) -> list[Cells]:
        """The figures of one place, indicator and year that cannot all be so, and on which a share rests."""
        rows = contradictions(self.book, self.places, self.about)
        made = []
        for (place, indicator, year), group in rows.groupby(
            ["place_id", "indicator_id", "due_year"], sort=False
        ):
            names = [name for name in group["row_id"] if name in self.facts or name in self.rows]
            shares = {row["above_row_id"] for row in self.cascade if not pd.isna(row["share"])}
            made.append(
                {
                    "place": self.place(place),
                    "indicator": self.labels.name("indicators", indicator),
                    "year": f"{year}年" if self.lang == "zh" else str(year),
                    "figures": [self.figure(name) for name in names],
                    "rest_on": [self.figure(name) for name in names if name in shares],
                }
            )
        return made

    @cached_property
    def disputed(self) -> set[str]:
        """The ids of the figures that cannot all be so."""
        return set(contradictions(self.book, self.places, self.about)["row_id"])

    def cautioned(self, title: str, row_ids: Iterable[str]) -> str:
        """Return a title with how many of the figures it counts are unsure or disputed, where any are."""
        names = set(row_ids)
        unsure = sum(self.cells(name).get("confidence", "high") != "high" for name in names)
        doubts = {"medium": unsure, "contradicted": len(names & self.disputed)}
        said = [self.words(f"doubt.{key}", count=count) for key, count in doubts.items() if count]
        return self.words("doubt.title", title=title, doubts=self.labels.comma.join(said)) if said else title

    @cached_property
    def grown(self) -> list[Cells]:
        """What totals at two ends say of a figure promised for a year: derived, with its doubts."""
        rows = increments(self.book)
        known = set(self.facts) | set(self.rows)
        rows = rows[rows[["row_id", "from_id", "to_id"]].isin(known).all(axis=1)]
        return [self._grown(cells) for cells in rows.to_dict("records")]

    def _grown(self, cells: Cells) -> Cells:
        facts = self.book.outcomes.set_index("fact_id")
        note = "note" if self.lang == "zh" else "note_en"
        doubts = [facts.at[cells[name], note] for name in ("from_id", "to_id")]
        until = "" if cells["whole"] else self.words("grown.part", day=self.labels.day(cells["to_on"]))
        size = self.labels.value(
            {"value_low": cells["increment"], "value_high": cells["increment"], "multiplier": 1}
            | {"comparator": cells["comparator"], "unit_id": facts.at[cells["to_id"], "unit_id"]}
        )
        return {
            "figure": self.figure(cells["row_id"]),
            "first": self.figure(cells["from_id"]),
            "last": self.figure(cells["to_id"]),
            "said": self.words("grown.said", size=size),
            "doubts": self.labels.comma.join(
                filter(None, [until, *dict.fromkeys(one for one in doubts if not pd.isna(one))])
            ),
        }

    def stances(self, alike: list[Cells]) -> dict[str, Any]:
        """Return how many figures lie higher, equal or lower than one above, how many are shares or assigned.

        A figure that the province's list assigns to the city is no goal of the province: it is counted apart.
        """
        like = [row for row in alike if row["relation"] == "like"]
        counts = {name: sum(row["stance"] == name for row in like) for name in ("higher", "equal", "lower")}
        gaps, shares = sum(counts.values()), sum(not pd.isna(row["share"]) for row in alike)
        only = next((name for name in counts if gaps and counts[name] == gaps), "")
        return counts | {"gaps": gaps, "shares": shares, "assigned": len(alike) - len(like), "only": only}

    def title_above(self, alike: list[Cells]) -> str:
        """Return how figures stand to those above, as a heading, with what is unsure of them."""
        told = [
            row
            for row in alike
            if row["relation"] == "assigned" or not pd.isna([row["gap"], row["share"]]).all()
        ]
        names = (row[side] for row in told for side in ("row_id", "above_row_id"))
        return self.cautioned(self._title_above(self.stances(alike)), names)

    def _title_above(self, counts: dict[str, Any]) -> str:
        head = self._compared(counts)
        tails = [self.words(f"above.tail.{name}", count=counts[name]) for name in TAILS if counts[name]]
        if not tails:
            return head or self.words("above.none")
        joined = self.labels.all_of(tails)
        if not head:
            return self.words("above.title.only", tails=joined)
        return self.words("above.title.also", head=head, tails=joined)

    def _compared(self, counts: dict[str, Any]) -> str:
        """Return how the figures stand that compare one to one, empty where none does."""
        if not counts["gaps"]:
            return ""
        if counts["gaps"] == 1:
            return self.words(f"above.title.one.{counts['only']}")
        if counts["only"]:
            return self.words(f"above.title.all.{counts['only']}", all=counts["gaps"])
        return self.words("above.title", all=counts["gaps"], stances=self.parts(counts))

    def parts(self, counts: dict[str, Any]) -> str:
        """Return how many are what, in words: of stances or outcomes those that there are."""
        said = [self.words(f"part.{name}", count=counts[name]) for name in PARTS if counts.get(name)]
        return self.labels.comma.join(said)

    def gap(self, row: Cells) -> str:
        """Return a gap or a share in words, empty where there is neither."""
        if not pd.isna(row["gap"]):
            unit = self.cells(row["row_id"])["unit_id"]
            size = self.labels.number(abs(row["gap"]))
            measured = self.words("above.points", size=size) if unit == "percent" else (
                f"{size}{self.labels.unit(unit)}"
            )  # fmt: skip
            here, above = (self.cells(row[name]) for name in ("row_id", "above_row_id"))
            # A minimum that lies below an exact figure is kept by that figure too.
            if here["comparator"] in ("ge", "gt") and above["comparator"] == "eq":
                value = self.labels.value(above)
                return self.words(f"above.bound.{row['stance']}", gap=measured, above=value)
            return self.words(f"above.{row['stance']}", gap=measured)
        if pd.isna(row["share"]):
            return ""
        if pd.isna(row["population_share"]):
            return self.words("above.share.alone", share=self.labels.share(row["share"]))
        share, people = (self.labels.share(row[name]) for name in ("share", "population_share"))
        return self.words("above.share", share=share, people=people)

    def agreement(self, left_id: str, right_id: str) -> str:
        """Return in what two figures agree that compare one to one; only rates have a denominator."""
        if self.cells(left_id)["basis"] != "rate":
            return self.words("above.like.undivided")
        return self.words("above.like.unstated" if self.unstated(left_id, right_id) else "above.like")

    def unstated(self, left_id: str, right_id: str) -> bool:
        """Return whether two figures are rates neither of which states its denominator."""
        both = (self.cells(left_id), self.cells(right_id))
        return all(cells["basis"] == "rate" and pd.isna(cells["denominator_zh"]) for cells in both)

    @cached_property
    def rankings(self) -> list[tuple[str, list[Cells]]]:
        """The ranks of every item on the topic that three cities compare in, a list of cities each."""
        made = []
        for item in rankable(self.book):
            rows = ranks(self.book, item, self.shown)
            if not rows.empty and self._on_topic(item):
                groups = rows.groupby(list(Measure._fields), dropna=False, sort=False)
                made += [(item, list(group.to_dict("records"))) for _, group in groups]
        return made

    def ranked(self) -> Piece:
        """Return the ranks as intervals, an item each; nothing where no three cities compare."""
        charts = [drawing_beside.chart_ranks(self, item, rows) for item, rows in self.rankings]
        return self.charted(self.piece("ranked.html.j2", charts=charts), charts)

    def _on_topic(self, item: str) -> bool:
        for table, key in (("indicators", "indicator_id"), ("measures", "measure_id")):
            frame: pd.DataFrame = getattr(self.book, table)
            rows = frame[frame[key] == item]
            if not rows.empty:
                return self.about in (None, rows["topic_id"].iloc[0])
        return False

    @cached_property
    def attainment(self) -> list[Cells]:
        rows = attainment(self.book, self.as_of, self.places, self.about)
        return list(rows.to_dict("records"))

    def attained(self) -> Piece:
        """Return what was reached of what was promised, contradicting sources side by side."""
        shown = [row for row in self.attainment if row["verdict"] not in ("no_figure", "not_due")]
        order = {name: at for at, name in enumerate((*REACHED, "missed", "unknown", "not_found"))}
        shown.sort(key=lambda row: order[row["verdict"]])
        seen = {row["row_id"]: self._seen(row) for row in shown}
        counts = {
            name: sum(row["verdict"] == name for row in self.attainment)
            for name in (*order, "no_figure", "not_due")
        }
        title = self._attained_title(shown)
        if any(row["verdict"] in (*REACHED, "missed") for row in shown):
            told = [row for row in shown if row["verdict"] != "not_found"]
            title = self.cautioned(title, (row[side] for row in told for side in ("row_id", "outcome_id")))
        return self.piece("attained.html.j2", shown=shown, seen=seen, counts=counts, title=title)

    def _attained_title(self, shown: list[Cells]) -> str:
        """Return how many targets of the cities were reached, and how many of higher levels."""
        if not any(row["verdict"] in (*REACHED, "missed") for row in shown):
            return self.words("attained.title.none")
        own, above = self._judged(shown, True), self._judged(shown, False)
        if not own:
            return self.words("attained.title.above.alone", parts=above)
        more = self.words("attained.title.above", parts=above) if above else ""
        return self.words("attained.title.cities", parts=own) + more

    def _judged(self, shown: list[Cells], own: bool) -> str:
        """Return how many targets were reached, missed or cannot be told, of the cities or of those above."""
        verdicts = [row["verdict"] for row in shown if (row["place_id"] in self.shown) == own]
        counts = {name: verdicts.count(name) for name in ("missed", "unknown")}
        return self.parts(counts | {"reached": sum(verdict in REACHED for verdict in verdicts)})

    def _seen(self, row: Cells) -> list[Cells]:
        """Return the observations beside the one that decides, those of the same matter only."""
        rows = observations(self.book, row["row_id"])
        rows = rows[(rows["same"] != "other") & (rows["outcome_id"] != row["outcome_id"])]
        return [cells for cells in rows.to_dict("records") if cells["outcome_id"] in self.facts]

    @cached_property
    def figures_from_elsewhere(self) -> list[str]:
        """The ids of targets from elsewhere for the places compared and above, on the topic."""
        rows = promised(self.book, self.places, self.about)
        return list(rows.loc[rows["origin"] == "elsewhere", "row_id"])
