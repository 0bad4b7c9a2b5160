"""The objects of an environment as Argo CD takes them: the same ones, with their waves, and its Applications."""
