"""The rows of a document, made while its words are written."""

from __future__ import annotations

from dataclasses import dataclass, field

from made_up.promises import Item, Value
from made_up.shapes import Paper
from made_up.times import Time
from made_up.writing import Cut, Place, Row, Writing, cut


@dataclass
class Keys:
    """The ids of a city's rows, counted through all its documents."""

    city: str
    _last: dict[str, int] = field(default_factory=dict)

    def next(self, letter: str) -> str:
        """Return the next id of a kind.

        >>> keys = Keys("ni")
        >>> keys.next("t"), keys.next("t"), keys.next("c")
        ('t-ni-0001', 't-ni-0002', 'c-ni-0001')
        """
        self._last[letter] = self._last.get(letter, 0) + 1
        return f"{letter}-{self.city}-{self._last[letter]:04d}"


class Coding:
    """A document's words and the rows that code them: each word that is said falls into one row.

    A time expression governs what follows it to the end of its paragraph, or to the next one.
    """

    def __init__(self, keys: Keys, source_id: str, broken: bool, numbered: set[str]) -> None:
        self.writing = Writing()
        self.rows: dict[str, list[Row]] = {}
        self.keys, self.source_id = keys, source_id
        self.numbered = numbered
        self._broken = broken
        self._time: tuple[Time, Row] | None = None
        self._crossed = False
        self._task = ""
        self.clauses_said: list[Place] = []

    # ── words ────────────────────────────────────────────────────────────────
    def say(self, words: str) -> Place:
        """Return where the words stand; whoever says them codes them."""
        return self.writing.say(words)

    def stop(self) -> None:
        """End a sentence."""
        self.say("。")
        self._crossed = True

    def line(self) -> None:
        """End a paragraph, and with it the reach of its times; a text cut into chunks has lost its lines."""
        if not self._broken:
            self.say("\n")
        self.forget_time()

    def forget_time(self) -> None:
        """Let nothing that follows be governed by the time before it."""
        self._time = None

    # ── rows ─────────────────────────────────────────────────────────────────
    def add(self, table: str, **cells: object) -> Row:
        """Return a new row of the document."""
        row: Row = {"source_id": self.source_id, "coder": "A", **cells}
        self.rows.setdefault(table, []).append(row)
        return row

    def other(self, kind: str, place: Place) -> None:
        """Code a clause that undertakes nothing."""
        self.clauses_said.append(place)
        self.add("other_clauses", clause_id=self.keys.next("o"), **{"class": kind}, **cut("text_zh", place))

    def clauses(self, kind: str, *words: str) -> None:
        """Say a sentence whose clauses undertake nothing."""
        for at, clause in enumerate(words):
            if at:
                self.say(",")
            self.other(kind, self.say(clause))
        self.say("。")

    def exclude(self, kind: str, place: Place, reason: str) -> None:
        """Say of the numerals at a place that they are no target."""
        self.add("exclusions", **{"class": kind}, reason=reason, **cut("text", place))

    def section(self, number: str) -> Place:
        """Return where the number of a part or task stands."""
        place = self.say(number)
        self.exclude("section_number", place, "部分或任务的序号")
        return place

    def time(self, time: Time) -> Place:
        """Return where a time expression stands; it governs what follows."""
        place = self.say(time.words)
        row = self.add("deadlines", deadline_id=self.keys.next("d"), due_on=_day(time),
                       due_source=time.source, due_precision=time.precision, recurrence=time.recurrence,
                       **cut("due_text", place, "due_start", "due_end"))  # fmt: skip
        self._time, self._crossed = (time, row), False
        return place

    def commit(self, place: Place, topic: str, quantifier: str, force: str, instrument: str) -> Row:
        """Return the row of a clause that undertakes something."""
        self.clauses_said.append(place)
        deadline = self._time[1]["deadline_id"] if self._time else ""
        return self.add("commitments", commitment_id=self.keys.next("c"), task_id=self._task, topic_id=topic,
                        quantifier=quantifier, force=force, instrument=instrument, deadline_id=deadline,
                        **cut("action_zh", place))  # fmt: skip

    def target(self, paper: Paper, item: Item, value: Value, lead: Place | None, force: str = "firm") -> Row:
        """Say what an item promises, from `lead` on, and return its row."""
        scope = self.say(item.scope) if item.scope else None
        opening = self.say(item.opening)
        said = self.say(value.words)
        quote = (lead or scope or opening).to(said)
        commitment = self.commit(quote, item.topic_id, "figure", force, "supply")
        row = self._figure(item, value, scope, said, quote, "target", force)
        row["commitment_id"] = commitment["commitment_id"]
        row |= self._due(paper)
        by = f", {self._time[0].english}" if self._time and lead == self._time[1]["due_text"].place else ""
        self.english(row["target_id"], f"{item.english}{by}: {value.english}")
        return row

    def status(self, item: Item, value: Value) -> Row:
        """Say how far an item has come, and return the row."""
        lead = self.say("目前")
        self.say(",")
        scope = self.say(item.scope) if item.scope else None
        self.say(f"{item.name_zh}已达到")
        said = self.say(value.words)
        self.other("context", lead.to(said))
        row = self._figure(item, value, scope, said, lead.to(said), "status", "firm")
        row |= {"due_precision": "none", "act": "reach"}
        self.english(row["target_id"], f"At present {item.name_en} has come to {value.english}")
        return row

    def _figure(
        self, item: Item, value: Value, scope: Place | None, said: Place, quote: Place, kind: str, force: str
    ) -> Row:
        return self.add("targets", target_id=self.keys.next("t"), topic_id=item.topic_id,
                        indicator_id=item.indicator_id, kind=kind,
                        comparator=value.comparator, value_low=value.low, value_high=value.high, multiplier=1,
                        unit_id=item.unit_id, act=item.act, basis=item.basis, force=force,
                        scope_zh=Cut(scope) if scope else "",
                        **cut("value_text", said, "value_start", "value_end"),
                        **cut("quote", quote, "quote_start", "quote_end"))  # fmt: skip

    def _due(self, paper: Paper) -> Row:
        if self._time is None:
            return {"due_on": f"{paper.last_year}-12-31", "due_precision": "year", "due_source": "period"}
        time, row = self._time
        same = ("deadline_id", "due_text", "due_start", "due_end", "due_on", "due_precision", "recurrence")
        source = "carried" if self._crossed else time.source
        return {name: row[name] for name in same} | {"due_source": source}

    def mention(self, item: Item) -> None:
        """Say a promise of an item in words."""
        place = self.say(f"推进{item.name_zh}提升" if item.unit == "%" else f"推进{item.name_zh}建设")
        self.commit(place, item.topic_id, "none", "firm", "supply")
        key = self.keys.next("m")
        self.add("mentions", mention_id=key, topic_id=item.topic_id, indicator_id=item.indicator_id,
                 note="有词无数",
                 **{"class": "unquantified"}, **cut("quote", place, "quote_start", "quote_end"))  # fmt: skip
        self.english(key, f"Push forward {item.name_en}", "words, no number")

    def english(self, key: str, words: str, note: str = "") -> None:
        """Give a statement its English."""
        self.add("translations", row_id=key, quote_en=words, note_en=note)

    def task(self, number: int, title: str) -> Row:
        """Say the head of a task and return its row; `end_task` says where it ends."""
        head = self.section(f"{number}.")
        said = self.say(title)
        self.other("heading", head.to(said))
        self.say("。")
        self._task = self.keys.next("k")
        return self.add("tasks", task_id=self._task, number=str(number), title_zh=Cut(said),
                        start=Cut(head, "start"), end=Cut(said, "end"))  # fmt: skip

    def end_task(self, row: Row, last: Place) -> None:
        """Let a task end with its last words."""
        row["end"] = Cut(last, "end")
        self._task = ""

    def entry(self, number: int, unit: str) -> Row:
        """Say number and unit of a ledger's entry and return its row."""
        count = self.section(str(number))
        self.other("heading", count)
        self.line()
        said = self.say(unit)
        self.other("agencies", said)
        self.line()
        return self.add("ledger", ledger_id=self.keys.next("l"), number=str(number), unit_zh=Cut(said),
                        start=Cut(count, "start"))  # fmt: skip


def _day(time: Time) -> str:
    return time.on.isoformat() if time.on else ""
