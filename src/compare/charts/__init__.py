"""One function a kind of chart: a frame becomes a Plotly figure with data on its axes."""

from compare.charts.gaps import gaps, shares
from compare.charts.intervals import intervals
from compare.charts.means import means
from compare.charts.schedule import schedule
from compare.charts.timeline import timeline
from compare.charts.values import values

__all__ = ["gaps", "intervals", "means", "schedule", "shares", "timeline", "values"]
