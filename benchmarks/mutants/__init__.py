"""Seeded faults in the curated tables, and which of them the checks catch: `make mutants`."""
