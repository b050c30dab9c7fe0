"""From an unread document to reviewed rows: how coders worked, and how far they agree."""
