"""Kubernetes objects: one concept, one file, one function per object."""
