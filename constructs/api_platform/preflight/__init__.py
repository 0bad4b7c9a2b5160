"""Reads the AWS account of an environment, and says what a first deployment would fail at: one check, one file.

A check is a function of the environment, its services and one reading of the account; it changes nothing. It speaks in
the doctor's form.
"""
