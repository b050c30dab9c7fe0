"""One topic's briefing: its sections, and what its title may say."""
