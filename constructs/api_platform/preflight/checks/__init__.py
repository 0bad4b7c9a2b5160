"""What a first deployment may fail at: one check, one file, named after what it demands."""
