"""None of the tests beside this one is tried on nothing: what the five documents hold of each kind."""

from __future__ import annotations

from collections.abc import Callable

from .retold import REACHED, agreement, backed, compared, counts, gap, is_floor, is_plain, verdicts
from .telling import CITIES, SECTIONS, TOPICS, Sheet, Teller, goal_of, links, section
from .test_apart import asked, contradicted, grown


def test_every_section_stands_somewhere(sheets: Callable[..., Sheet], teller: Callable[..., Teller]) -> None:
    """None of what is tried below is tried on nothing: not the sections, not drafts, not second sources."""
    page, told = sheets(None, "en"), teller(None, "en")
    held = {key: {goal_of(link) for link in links(section(page, key))} for key in SECTIONS}
    assert {"t-dongying-0006", "g-shandong-0025"} <= held["above"]
    assert {"g-jinan-0001", "g-dongying-0001"} <= held["ranked"]
    assert {"g-qingdao-0002", "o-qingdao-0001"} <= held["attained"]
    assert all("t-dezhou-0003" in held[key] for key in ("above", "attained")) and told.draft("t-dezhou-0003")
    assert any(row["confidence"] == "suspect" for row in told.facts.values())
    doubled = {name for name, names in backed(told).items() if len(names) > 1}
    assert doubled == {"g-shandong-0006", "g-shandong-0025", "o-shandong-0004"}
    part = section(page, "elsewhere")
    assert part is not None and doubled <= {str(row["id"]) for row in part.select("tr.fact")}


def test_every_way_to_compare_stands_somewhere(teller: Callable[..., Teller]) -> None:
    """Nor are the words for a minimum, for what two figures agree in, and for whose outcomes are counted."""
    told = teller(None, "en")
    pairs = [pair for pair in compared(told) if gap(pair) is not None]
    assert [pair for pair in pairs if is_floor(told, pair)] == [("t-dongying-0005", "g-dongying-0001")]
    plain = {agreement(pair) for pair in compared(told) if is_plain(told, pair)}
    assert plain == {"above.like", "above.like.unstated", "above.like.undivided"}
    judged = {
        told.place(name) in CITIES for name, (verdict, _) in verdicts(told).items() if verdict in REACHED
    }
    assert judged == {True, False}
    held = [counts(teller(topic, "en")) for topic in (None, *TOPICS)]
    assert {min(one["all"], 2) for one in held} == {0, 1, 2}, "no figure, only one, several"
    assert any(one["all"] > 1 and not one["lower"] for one in held), "a count of nought is to be left out"


def test_every_way_to_stand_apart_stands_somewhere(teller: Callable[..., Teller]) -> None:
    """Neither list is tried on nothing: three figures of one year, a whole year, a part of one."""
    told = teller(None, "en")
    assert ["g-shandong-0001", "g-shandong-0023", "g-shandong-0024"] in contradicted(told)
    assert ["g-shandong-0002", "g-shandong-0003"] in contradicted(told), "and no 60,000 beside them"
    shares = {pair[1] for pair in compared(told) if gap(pair) is None}
    assert shares & {name for names in contradicted(told) for name in names}
    words = grown(told)
    assert "59,000" in words["g-shandong-0005", "o-shandong-0004", "o-shandong-0006"]
    assert "8,975" in words["g-jinan-0003", "o-jinan-0001", "o-jinan-0003"]
    part = told.say("grown.part", day="30 Sep 2020")
    assert {part in said for said in words.values()} == {True, False}
    paced = asked(told)
    assert "59,000 a year, 5.81 per" in paced["g-shandong-0002", "o-shandong-0004", "g-shandong-0002"]
    assert "3.98" in paced["g-china-0001", "o-china-0002", "g-china-0001"]
    bare = teller("open_data", "en")
    assert not contradicted(bare) and not grown(bare)


def test_titles_say_on_what_unsure_figures_they_rest(sheets: Callable[..., Sheet]) -> None:
    """Shares of the province's 1,542 communities, which two others contradict; ranks by a reprint."""
    above, ranked = (section(sheets("smart_community", "zh"), key) for key in ("above", "ranked"))
    assert any("超过人口份额" in one.text and "有矛盾" in one.text for one in above.select("h3"))
    assert all("可信度中等" in one.text for one in ranked.select("h3"))
    heads = [one.text for one in section(sheets("5g", "en"), "above").select("h3")]
    assert "(medium confidence: 1)" in heads[0] and not any("contradicted" in one for one in heads)
