"""This platform's scenarios on the twin: what `make proof` measures."""
