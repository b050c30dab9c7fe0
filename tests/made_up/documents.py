"""One document in the manner of such plans, written together with the rows that code it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from made_up.coding import Coding, Keys
from made_up.heads import basis_of, issuer_of, number_of, title_of, years_of
from made_up.names import Town
from made_up.phrases import ACTS, NUMBERED, ODD, PRINCIPLES
from made_up.promises import Item, Value, picked
from made_up.settling import settle
from made_up.shapes import Paper
from made_up.times import Time, by_year, every, within_year
from made_up.writing import Cut, Place, Row


@dataclass(frozen=True)
class Setting:
    """What a document is written about: its city and province, what is promised, and in what manner.

    `topics` are all there are, with their names; `wanted` those that may have numbers (None: any).
    """

    city: Town
    province: Town
    agenda: Sequence[Item]
    topics: dict[str, str]
    wanted: Sequence[str] | None
    manner: str
    equal: bool
    odd_marks: bool


@dataclass
class Plan:
    """A document as it is written: the words and the rows, from the first to the last."""

    setting: Setting
    paper: Paper
    coding: Coding
    items: list[tuple[Item, Value]]
    rng: Random
    topics: list[str] = field(default_factory=list)
    _stated: list[tuple[Item, Value, Time | None]] = field(default_factory=list)

    def write(self) -> None:
        """Write the whole document."""
        points = self.paper.status == "work_points"
        if not points:
            self._head()
        self._foreword()
        parts = iter(NUMBERED)
        if not points:
            self._goals(next(parts))
        self._tasks(next(parts))
        self._safeguards(next(parts))
        if self.paper.ledger:
            self._ledger()
        settle(self.coding)

    def _head(self) -> None:
        code, title = self.coding, title_of(self.paper, self.setting.city)[0]
        issuer, number = issuer_of(self.paper, self.setting.city), number_of(self.paper, self.setting.city)
        if self.paper.status == "adopted":
            self._title(f"{issuer}关于印发{title}的通知")
            place = code.say(number)
            code.other("title", place)
            code.exclude("document_number", place, "发文字号")
            code.line()
            code.other("promulgation", code.say("各县区人民政府,市政府各部门、各单位:"))
            code.line()
            code.clauses("promulgation", "现将本方案印发给你们", "请认真贯彻执行")
            code.line()
            code.other("signature", code.say(issuer))
            code.line()
            place = code.say(f"{self.paper.first_year}年2月20日")
            code.other("signature", place)
            code.exclude("date", place, "成文日期")
            code.line()
        self._title(title)

    def _title(self, words: str) -> None:
        place = self.coding.say(words)
        self.coding.other("title", place)
        years = words.index(f"({self.paper.first_year}")
        ends = words.index("年)", years) + 2
        self.coding.exclude("date", Place(place.start + years, place.start + ends), "规划名称里的年份")
        self.coding.line()

    def _foreword(self) -> None:
        code, start = self.coding, f"为落实{basis_of(self.setting.province)}"
        place = code.say(start)
        code.other("promulgation", place)
        code.exclude("name", place, "文件名称里的年份")
        code.say(",")
        before, year, after = (code.say(w) for w in ("结合我市", years_of(self.paper), "工作实际"))
        code.other("promulgation", before.to(after))
        code.exclude("date", year, "工作所在的年份")
        code.say(",")
        code.other("promulgation", code.say("制定本方案"))
        code.stop()
        self.coding.line()

    def _heading(self, part: str, words: str) -> None:
        number = self.coding.section(f"{part}、")
        self.coding.other("heading", number.to(self.coding.say(words)))
        self.coding.line()

    # ── goals: some of the targets, told once more and without a date ────────
    def _goals(self, part: str) -> None:
        code, rng = self.coding, self.rng
        self._heading(part, "总体要求")
        code.clauses("principle", *rng.sample(PRINCIPLES, 2))
        code.line()
        again = [pair for pair in self.items if rng.random() < 0.4][:3] if self.paper.dated else []
        for at, (item, value) in enumerate(again):
            if at:
                code.say(";")
            code.target(self.paper, item, value, None)
        if again:
            code.stop()
            code.line()
        shares = [item for item, _ in self.items if item.basis == "rate"]
        if shares and rng.random() < 0.6:
            code.status(shares[0], Value.of(shares[0].number(0.3), "%", "eq", rng))
            code.stop()
            code.line()

    # ── tasks: a heading, words, promises by date, and who is responsible ────
    def _tasks(self, part: str) -> None:
        self._heading(part, "重点任务")
        self.topics = list(dict.fromkeys(item.topic_id for item, _ in self.items))
        others = [topic for topic in self.setting.topics if topic not in self.topics]
        more = max(0, self.paper.tasks - len(self.topics))
        self.topics += self.rng.sample(others, min(more, len(others)))
        for number, topic in enumerate(self.topics, 1):
            self._task(number, topic, [pair for pair in self.items if pair[0].topic_id == topic])

    def _task(self, number: int, topic: str, values: list[tuple[Item, Value]]) -> None:
        code, rng = self.coding, self.rng
        task = code.task(number, f"{rng.choice(('推进', '提升', '深化'))}{self.setting.topics[topic]}")
        self._words(topic, rng.randint(1, 3))
        for time, same in self._by_time(values):
            self._promises(time, same)
        if self.paper.dated and rng.random() < 0.3:
            self._recurring(topic)
        code.end_task(task, self._named(task))
        code.line()

    def _words(self, topic: str, number: int) -> None:
        """Say what is undertaken without a number, an indicator of the topic by name now and then."""
        code = self.coding
        for at, (words, quantifier, force, instrument) in enumerate(self.rng.sample(ACTS, number)):
            if at:
                code.say(",")
            code.commit(
                code.say(words.format(self.setting.topics[topic])), topic, quantifier, force, instrument
            )
        spoken = [item for item in self.setting.agenda if item.topic_id == topic]
        spoken = [item for item in spoken if item.indicator_id not in code.numbered]
        if spoken and self.rng.random() < 0.5:
            code.say(",")
            code.mention(self.rng.choice(spoken))
        code.stop()

    def _by_time(
        self, values: list[tuple[Item, Value]]
    ) -> list[tuple[Time | None, list[tuple[Item, Value]]]]:
        """Return the promises with the time that governs them, those of one time together."""
        if not self.paper.dated:
            return [(None, values)] if values else []
        grouped: dict[tuple[int, bool], list[tuple[Item, Value]]] = {}
        for item, value in values:
            year = min(self.paper.first_year + item.year, self.paper.last_year)
            grouped.setdefault((year, item.month), []).append((item, value))
        named = self.paper.years > 1
        return [
            ((within_year if month else by_year)(year, named, self.rng), grouped[year, month])
            for year, month in sorted(grouped)
        ]

    def _promises(self, time: Time | None, values: list[tuple[Item, Value]]) -> None:
        """Say what is promised by one time; now and then in a sentence of its own, under the time before."""
        code, rng = self.coding, self.rng
        lead = self._led(time) if time else None
        for at, (item, value) in enumerate(values):
            if at:
                lead = None
                if rng.random() < 0.3:
                    code.stop()
                else:
                    code.say(",")
            wish = item.basis == "rate" and rng.random() < 0.15
            before = (
                code.say("力争") if wish else code.say(f"按照{ODD}标准") if self.setting.odd_marks else None
            )
            code.target(self.paper, item, value, lead or before, "aspirational" if wish else "firm")
            self._stated.append((item, value, time))
        code.stop()

    def _led(self, time: Time) -> Place:
        place = self.coding.time(time)
        if time.comma:
            self.coding.say(",")
        return place

    def _recurring(self, topic: str) -> None:
        lead = self.coding.time(every(self.rng))
        place = lead.to(self.coding.say(f"开展{self.setting.topics[topic]}情况评估"))
        self.coding.commit(place, topic, "none", "firm", "environment")
        self.coding.stop()

    def _named(self, task: Row) -> Place:
        """Say who is responsible, in the manner of the document, and return where."""
        code, (first, second) = self.coding, self.rng.sample(self.setting.city.agencies, 2)
        if self.paper.status == "work_points":
            place = code.say(f"责任单位:{first.name_zh}、{second.name_zh}。")
            task["responsible_ids"] = f"{first.agency_id};{second.agency_id}"
        else:
            place = code.say(self.setting.manner.format(first.name_zh, second.name_zh))
            task["lead_ids"], task["support_ids"] = first.agency_id, second.agency_id
        code.other("agencies", place)
        return place

    def _safeguards(self, part: str) -> None:
        self._heading(part, "保障措施")
        code, topic = self.coding, "safeguards"
        topic = topic if topic in self.setting.topics else next(iter(self.setting.topics))
        for at, words in enumerate(("加强组织领导", "强化资金保障", "做好宣传引导")):
            if at:
                code.say(",")
            code.commit(code.say(words), topic, "none", "firm", "environment")
        code.stop()
        code.line()

    # ── the annexed ledger: the dated promises once more, cell by cell ───────
    def _ledger(self) -> None:
        for words in ("附件:工作台账", "序号", "单位", "任务", "工作计划"):
            self.coding.other("title", self.coding.say(words))
            self.coding.line()
        for number, (item, value, time) in enumerate(self._stated, 1):
            self._entry(number, item, value, time)

    def _entry(self, number: int, item: Item, value: Value, time: Time | None) -> None:
        code = self.coding
        entry = code.entry(number, self.rng.choice(self.setting.city.agencies).name_zh)
        task = code.say(f"做好{self.setting.topics[item.topic_id]}工作")
        code.commit(task, item.topic_id, "none", "firm", "environment")
        code.line()
        lead = self._led(time) if time else None
        plan = code.target(self.paper, item, value, lead)["quote"].place
        entry |= {"task_zh": Cut(task), "plan_zh": Cut(plan), "end": Cut(plan, "end")}
        code.line()


def write_plan(setting: Setting, paper: Paper, keys: Keys, source_id: str, rng: Random) -> Plan:
    """Return a document as it was written."""
    items = picked(setting.agenda, setting.wanted, paper.targets, rng)
    numbered = {item.indicator_id for item in items}
    coding = Coding(keys, source_id, paper.layout == "chunks", numbered)
    values = [(item, item.value(rng, setting.equal)) for item in items]
    plan = Plan(setting, paper, coding, values, rng)
    plan.write()
    return plan
