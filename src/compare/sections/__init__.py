"""One function a section: it takes frames and returns a `Section`."""

from compare.sections.comparability import comparability
from compare.sections.elsewhere import elsewhere
from compare.sections.method import method
from compare.sections.per_capita import per_capita
from compare.sections.searches import searches
from compare.sections.sentences import sentences
from compare.sections.table import table
from compare.sections.timeline import timeline
from compare.sections.topic_lead import topic_lead
from compare.sections.values import values

__all__ = [
    "comparability",
    "elsewhere",
    "method",
    "per_capita",
    "searches",
    "sentences",
    "table",
    "timeline",
    "topic_lead",
    "values",
]
