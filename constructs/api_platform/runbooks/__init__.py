"""What to do when an alert fires: one page for each, from the same model as the alerts."""
