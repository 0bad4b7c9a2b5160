"""What can ail a platform that runs, made on purpose and taken back, and whether the doctor says so."""
