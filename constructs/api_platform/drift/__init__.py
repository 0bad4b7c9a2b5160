"""What a cluster holds that we did not write: changed by hand, deleted, or put beside it. Reads only."""
