"""Comparing: what stands side by side, what does not and why, and what is not said at all."""
