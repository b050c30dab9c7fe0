"""One function a kind of chart: a frame becomes a Plotly figure with data on its axes."""
