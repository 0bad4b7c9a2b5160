"""Which image an environment file pins: released, promoted, rolled back; every other byte of the file stays."""
