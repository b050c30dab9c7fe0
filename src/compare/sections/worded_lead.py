"""The title of a topic on which cities commit to something, though none to a number of an indicator."""

from __future__ import annotations

import pandas as pd

from compare.words.labels import Labels
from compare.words.messages import Messages


def worded_title(cities: pd.DataFrame, topic: str, said: Messages, lang: str) -> str:
    """Return how many cities commit to something on a topic, and who most often; empty where none does.

    `cities` is the frame of `cp.cities` for the topic, none of whose states is `quantified`.
    """
    held = cities[cities["state"] == "unquantified"]
    if held.empty:
        return ""
    labels, counts = Labels(None, lang), held["count"]
    most = labels.all_of(list(held.loc[counts == counts.max(), f"place_{lang}"]))
    key = "title.worded.one" if len(held) == 1 else "title.worded"
    return said.say(key, topic=topic, cities=labels.count(len(held)), most=most, count=int(counts.max()))
