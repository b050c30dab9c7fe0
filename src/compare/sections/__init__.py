"""One function a section: it takes frames and returns a `Section`."""
