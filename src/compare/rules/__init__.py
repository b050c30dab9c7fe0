"""What must hold of the tables: every rule takes the book and yields problems."""
