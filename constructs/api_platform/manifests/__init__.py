"""Renders environments, runs the rules over them, and writes them down. All three ways of use start here.

Nothing is imported here, so that a command which only has to see that nothing changed need not load cdk8s.
"""
