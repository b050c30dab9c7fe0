"""What codes and months are called, in Chinese and English."""

from __future__ import annotations

BOUND = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": ""}
BASIS = {
    "zh": {
        "stock": "时点存量",
        "flow": "当期数",
        "rate": "比率",
        "growth": "增幅",
        "ambiguous": "口径不明",
    },
    "en": {
        "stock": "total at date",
        "flow": "in the period",
        "rate": "rate",
        "growth": "growth",
        "ambiguous": "basis not stated",
    },
}
# What is done with what is counted.
ACT = {
    "zh": {
        "begin": "启动",
        "build": "建设",
        "open": "投用",
        "reach": "达到",
        "list": "列名或认定",
        "other": "其他",
    },
    "en": {
        "begin": "begun",
        "build": "built",
        "open": "put into use",
        "reach": "a level reached",
        "list": "listed or recognised",
        "other": "something else",
    },
}
AND = {"zh": "并", "en": " and "}
# A level says itself that it is to be reached, and what is done otherwise stands in the indicator's name.
UNSAID_ACTS = ("reach", "other")
# Words by which the name of what is counted says itself what is done with it.
NAMING_ACTS = {
    "zh": {
        "begin": ("启动", "推进"),
        "build": ("建设", "建成"),
        "open": ("用", "开通"),
        "list": ("认定", "遴选", "清单"),
    },
    "en": {
        "begin": ("begun",),
        "build": ("built",),
        "open": ("in use", "in service", "using"),
        "list": ("recognised", "selected", "list"),
    },
}
STATE = {
    "zh": {
        "unquantified": "有提法，无数字",
        "silent": "未提及",
        "not_obtained": "未获得文件",
        "not_applicable": "不适用",
        "status_only": "只写现状",
        "not_coded": "尚未编码",
        "other_year": "期限在别的年份",
    },
    "en": {
        "unquantified": "Words, no number",
        "silent": "Not mentioned",
        "not_obtained": "No document at hand",
        "not_applicable": "Not applicable",
        "status_only": "Status only",
        "not_coded": "Not coded yet",
        "other_year": "Due in another year",
    },
}
# How far a document is coded, where it is not coded whole.
CODING = {
    "zh": {"in_review": "部分编码", "registered": "尚未编码"},
    "en": {"in_review": "partly coded", "registered": "not coded yet"},
}
# What a topic has where commitments speak of it without a number: one, several.
IN_WORDS = {
    "zh": ("文字表述，{count}项承诺", "文字表述，{count}项承诺"),
    "en": ("In words, {count} commitment", "In words, {count} commitments"),
}
STATUS = {
    "zh": {"adopted": "已印发", "draft": "代拟稿", "work_points": "工作要点", "not_obtained": "未获得"},
    "en": {
        "adopted": "issued",
        "draft": "draft",
        "work_points": "work priorities",
        "not_obtained": "not obtained",
    },
}
KIND = {
    "zh": {"draft": "代拟稿", "work_points": "工作要点", "": "方案"},
    "en": {"draft": "draft", "work_points": "work priorities", "": "plan"},
}
CONFIDENCE = {
    "zh": {"high": "可信度高", "medium": "可信度中等", "suspect": "存疑不用"},
    "en": {"high": "high confidence", "medium": "medium confidence", "suspect": "in doubt, not used"},
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVERY = {
    "zh": {"year": "每年", "half_year": "每半年", "quarter": "每季度", "month": "每月"},
    "en": {
        "year": "each year",
        "half_year": "each half-year",
        "quarter": "each quarter",
        "month": "each month",
    },
}
CHINESE_DIGITS = "零一两三四五六七八九十"
ENGLISH_DIGITS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

LONG_MONTHS = {
    "Jan": "January",
    "Feb": "February",
    "Mar": "March",
    "Apr": "April",
    "Jun": "June",
    "Jul": "July",
    "Aug": "August",
    "Sep": "September",
    "Oct": "October",
    "Nov": "November",
    "Dec": "December",
}
