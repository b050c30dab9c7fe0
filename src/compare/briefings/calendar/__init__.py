"""The deadline calendar: its page, its chart, and the files that calendar programs read."""
