"""Istio's own analysis of the mesh objects: what it sees, what it says, and what of that is accepted."""
