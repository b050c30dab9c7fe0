"""The curated truth: tables read by one dictionary, opened and saved as frames."""
