"""What such plans say without a number, in words of our own."""

from __future__ import annotations

NUMBERED = "一二三四五六七八九"
ODD = '“<img src=甲 onerror=ran()>&云网\\’"甲"”'
# What a clause without a number says of a topic: words, quantifier, force, instrument.
ACTS = (
    ("完善{}工作机制", "none", "firm", "environment"),
    ("健全{}管理制度", "none", "firm", "environment"),
    ("加强{}队伍培训", "none", "firm", "supply"),
    ("推动{}系统整合", "none", "firm", "supply"),
    ("开展{}试点示范", "none", "firm", "demand"),
    ("探索{}创新模式", "none", "aspirational", "demand"),
    ("实现{}工作全面覆盖", "universal", "firm", "supply"),
    ("推出若干{}应用", "some", "firm", "demand"),
    ("鼓励社会力量参与{}建设", "none", "aspirational", "demand"),
)
PRINCIPLES = (
    "坚持以人民为中心的发展思想",
    "坚持统筹规划、分步实施",
    "以数据要素为牵引",
    "坚持问题导向、需求导向",
)
