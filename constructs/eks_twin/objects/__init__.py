"""The objects of a cluster as they are written: compared with the live ones, listed, tried on the API server."""
