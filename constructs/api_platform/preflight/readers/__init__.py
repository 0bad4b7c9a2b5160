"""What the account is asked: one kind of answer, one file."""
