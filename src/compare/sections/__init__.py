"""One function a section: it takes frames and returns a `Section`."""

from compare.sections.above import above
from compare.sections.agencies import agencies
from compare.sections.attained import attained
from compare.sections.cascade_lead import cascade_lead
from compare.sections.city_above import city_above
from compare.sections.city_lead import city_lead
from compare.sections.comparability import comparability
from compare.sections.deadlines import deadlines
from compare.sections.editions import editions
from compare.sections.elsewhere import elsewhere
from compare.sections.instruments import instruments
from compare.sections.method import method
from compare.sections.outcomes import outcomes
from compare.sections.per_capita import per_capita
from compare.sections.promises import promises
from compare.sections.ranked import ranked
from compare.sections.searches import searches
from compare.sections.sentences import sentences
from compare.sections.silences import silences
from compare.sections.table import table
from compare.sections.timeline import timeline
from compare.sections.topic_lead import topic_lead
from compare.sections.untaken import untaken
from compare.sections.values import values

__all__ = [
    "above",
    "agencies",
    "attained",
    "cascade_lead",
    "city_above",
    "city_lead",
    "comparability",
    "deadlines",
    "editions",
    "elsewhere",
    "instruments",
    "method",
    "outcomes",
    "per_capita",
    "promises",
    "ranked",
    "searches",
    "sentences",
    "silences",
    "table",
    "timeline",
    "topic_lead",
    "untaken",
    "values",
]
