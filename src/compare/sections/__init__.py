"""One function a section: it takes frames and returns a `Section`."""

from compare.sections.above import above
from compare.sections.agencies import agencies
from compare.sections.attained import attained
from compare.sections.calendar_files import calendar_files
from compare.sections.calendar_lead import calendar_lead
from compare.sections.cascade_lead import cascade_lead
from compare.sections.city_above import city_above
from compare.sections.city_lead import city_lead
from compare.sections.comparability import comparability
from compare.sections.deadlines import deadlines
from compare.sections.due_agencies import due_agencies
from compare.sections.due_chart import due_chart
from compare.sections.due_days import due_days
from compare.sections.due_topics import due_topics
from compare.sections.editions import editions
from compare.sections.elsewhere import elsewhere
from compare.sections.instruments import instruments
from compare.sections.method import method
from compare.sections.outcomes import outcomes
from compare.sections.per_capita import per_capita
from compare.sections.promises import promises
from compare.sections.ranked import ranked
from compare.sections.recurring import recurring
from compare.sections.searches import searches
from compare.sections.sentences import sentences
from compare.sections.silences import silences
from compare.sections.table import table
from compare.sections.timeline import timeline
from compare.sections.topic_lead import topic_lead
from compare.sections.undated import undated
from compare.sections.untaken import untaken
from compare.sections.values import values

__all__ = [
    "above",
    "agencies",
    "attained",
    "calendar_files",
    "calendar_lead",
    "cascade_lead",
    "city_above",
    "city_lead",
    "comparability",
    "due_agencies",
    "due_chart",
    "due_days",
    "due_topics",
    "deadlines",
    "editions",
    "elsewhere",
    "instruments",
    "method",
    "outcomes",
    "per_capita",
    "promises",
    "ranked",
    "recurring",
    "searches",
    "sentences",
    "silences",
    "table",
    "timeline",
    "topic_lead",
    "undated",
    "untaken",
    "values",
]
