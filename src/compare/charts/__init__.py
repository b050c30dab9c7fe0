"""One function a kind of chart: a frame becomes a Plotly figure with data on its axes."""

from compare.charts.timeline import timeline
from compare.charts.values import values

__all__ = ["timeline", "values"]
