"""The front door: findings per topic in small multiples, search, and links to everything."""
