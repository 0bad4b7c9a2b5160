"""One part of the table, one file: each measures, and returns its lines."""
