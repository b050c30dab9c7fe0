"""Change the code itself, one place at a time, and count how often a test notices."""
