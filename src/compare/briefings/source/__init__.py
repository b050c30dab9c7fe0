"""A document as a page: its whole text with every statement marked where it stands."""
