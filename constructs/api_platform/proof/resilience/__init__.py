"""What becomes of pods when nodes, zones and images go bad, and what was promised of them."""
