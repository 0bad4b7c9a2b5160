"""What can go wrong around a deployment, and what is left of it when it is run again."""
