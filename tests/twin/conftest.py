"""What the tests of the twin share."""
