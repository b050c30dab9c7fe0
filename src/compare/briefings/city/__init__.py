"""One city's briefing: what it promised, how, by when, and what became of it."""
