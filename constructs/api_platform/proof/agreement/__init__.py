"""Whether a deploy does what its plan says: ten kinds of change, each planned, deployed and compared."""
