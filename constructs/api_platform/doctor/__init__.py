"""Looks at what runs, and says what is wrong with it: one check, one file, named after what it demands.

A check is a function of one observation (what the cluster and AWS said, read once) and changes nothing. It returns its
diagnoses: what is wrong, why, the command that shows it, and the way out.
"""
