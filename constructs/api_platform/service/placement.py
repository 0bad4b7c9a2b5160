"""Nodes that only some workloads may use."""

from typing import Literal

NodePool = Literal["media-processing"]
"""The node group's name, which is its label's value and its taint's."""
