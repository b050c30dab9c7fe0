"""Sections and frames become files here; no output reads another's back."""
