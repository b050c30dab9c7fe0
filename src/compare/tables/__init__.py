"""The curated truth: tables read by one dictionary, checked against one another and against the texts."""
