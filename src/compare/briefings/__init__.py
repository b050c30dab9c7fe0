"""Showing: what readers open, made of what the other floors compared."""
