"""What codes are called, in each language."""

from __future__ import annotations

from compare.words.signs import table

BOUND = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": ""}
# A level says itself that it is to be reached, and what is done otherwise stands in the indicator's name.
UNSAID_ACTS = ("reach", "other")
ACT, NAMING_ACTS, BASIS, EVERY = table("act"), table("naming_act"), table("basis"), table("every")
STATE, CODING, STATUS, KIND = table("state"), table("coding"), table("status"), table("kind")
IN_WORDS, CONFIDENCE = table("in_words"), table("confidence")
STANDING, COPY, ORIGIN = table("standing"), table("copy"), table("origin")
