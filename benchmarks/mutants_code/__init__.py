"""Change the code in many small ways, and count what the tests catch."""
