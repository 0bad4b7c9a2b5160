"""Compares our times with Helm's and with an empty CDK app's, as ratios of runs that alternate. Never a test.

`python -m benchmarks` (or `make bench`) prints one table; each file in `lines/` measures one part of it.
"""
