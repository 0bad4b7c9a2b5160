"""`python -m eks_twin`: the command, where it is not installed."""

from eks_twin.cli import main

main()
