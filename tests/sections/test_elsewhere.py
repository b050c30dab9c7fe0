"""Figures from elsewhere, with all that is known of them."""

from __future__ import annotations

import re
from calendar import month_name

from .retold import backed
from .telling import DIGITS, SECTIONS, SURE, Sheet, Teller, section, squeeze_all, squeezed

ORIGIN = {
    "zh": {
        "government": "政府机构", "official_media": "官方媒体", "media": "其他媒体",
        "company": "公司或私人网站", "unknown": "发布者不明", "original": "见于其网站",
        "reprint": "见于转载", "retold": "见于转述",
        "seen": "{year}年{month}月查阅",
    },
    "en": {
        "government": "an authority", "official_media": "official media", "media": "other media",
        "company": "company or private site", "unknown": "publisher not named",
        "original": "on its own site", "reprint": "reprinted", "retold": "retold by another",
        "seen": "seen {name} {year}",
    },
}  # fmt: skip


def source_words(told: Teller, name: str) -> str:
    fact = told.facts[name]
    note = fact["note" if told.lang == "zh" else "note_en"]
    year, month = fact["seen"].split("-")[:2]
    named = ORIGIN[told.lang]
    seen = named["seen"].format(year=year, month=int(month), name=month_name[int(month)])
    words = [fact["source_title"], fact["publisher"], named[fact["standing"]], named[fact["copy"]], seen]
    return told.comma.join([*words, SURE[told.lang][fact["confidence"]]]) + fact["url"] + note


def test_figures_from_elsewhere_are_listed_with_all_that_is_known_of_them(sheet: Sheet, told: Teller) -> None:
    part, held = section(sheet, "elsewhere"), backed(told)
    assert (part is None) == (not held)
    if part is None:
        return
    rows = part.select("tr.fact")
    assert sorted(str(row["id"]) for row in rows) == sorted(held)
    numbers = []
    for row in rows:
        name = str(row["id"])
        kind = told.say("elsewhere.kind.outcome" if name.startswith("o-") else "elsewhere.kind.elsewhere")
        fact = told.facts[name]
        within = told.comma.join(
            filter(None, [told.term(fact["scope_zh"]), told.term(fact["denominator_zh"])])
        )
        first, *cells = [squeezed(cell) for cell in row.find_all("td")]
        numbers.append(int(first))
        [expected] = squeeze_all(
            [
                [
                    told.city(name),
                    told.what(name) + within,
                    told.value(name) + told.basis(name),
                    told.when(name) + kind,
                    "".join(source_words(told, one) for one in held[name]),
                ]
            ]
        )
        assert cells == expected, name
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    chips = {int(chip.get_text()) for chip in sheet.tree.select("blockquote .chip")}
    assert not chips & set(numbers), "sentences are numbered first, figures from elsewhere after them"
    # Two sources of one figure stand side by side.
    assert all(
        len(row.find_all("td")[-1].select('[lang="zh"]')) == 2 * len(held[str(row["id"])]) for row in rows
    )


def test_every_printed_number_of_a_section_stands_in_a_cell_that_was_held(sheet: Sheet, told: Teller) -> None:
    """What stands outside tables, lists and plots is prose without figures, but for the counts held above."""
    for key in SECTIONS:
        part = section(sheet, key)
        if part is None:
            continue
        free = [
            str(text)
            for text in part.find_all(string=True)
            if not text.find_parent(["table", "details", "script", "h2", "h3"])
            and not text.find_parent(class_=["plot", "take", "note", "apart", "contradicted", "grown"])
        ]
        decks = [told.say("ranked.deck.one", sets=sets) for sets in range(100)]
        assert not [
            text for text in free if DIGITS.search(re.sub("5G", "", text)) and text.strip() not in decks
        ], key
