"""What the proof measures on the twin: one scenario, one file."""
