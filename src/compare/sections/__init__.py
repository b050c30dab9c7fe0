"""One function a section: it takes frames and returns a `Section`."""

from compare.sections.above import above
from compare.sections.attained import attained
from compare.sections.cascade_lead import cascade_lead
from compare.sections.comparability import comparability
from compare.sections.elsewhere import elsewhere
from compare.sections.method import method
from compare.sections.per_capita import per_capita
from compare.sections.ranked import ranked
from compare.sections.searches import searches
from compare.sections.sentences import sentences
from compare.sections.table import table
from compare.sections.timeline import timeline
from compare.sections.topic_lead import topic_lead
from compare.sections.untaken import untaken
from compare.sections.values import values

__all__ = [
    "above",
    "attained",
    "cascade_lead",
    "comparability",
    "elsewhere",
    "method",
    "per_capita",
    "ranked",
    "searches",
    "sentences",
    "table",
    "timeline",
    "topic_lead",
    "untaken",
    "values",
]
