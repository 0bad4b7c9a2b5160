"""The mesh's objects (Istio): who may talk to whom, how, and what is recorded of it. One concept, one file."""
