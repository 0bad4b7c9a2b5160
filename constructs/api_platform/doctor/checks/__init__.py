"""What may be wrong with what runs: one check, one file, named after what it demands."""
