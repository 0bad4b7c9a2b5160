"""Deploys to the twin: calls the CDK CLI as people do, and watches until all workloads are Ready."""
