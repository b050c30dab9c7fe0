"""Briefings as Word documents in the official Chinese style, made of the finished pages."""
