"""One function a kind of chart: a frame becomes a Plotly figure with data on its axes."""

from compare.charts.gaps import gaps, shares
from compare.charts.intervals import intervals
from compare.charts.timeline import timeline
from compare.charts.values import values

__all__ = ["gaps", "intervals", "shares", "timeline", "values"]
