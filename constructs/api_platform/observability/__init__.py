"""What is measured of a service, when somebody is told, and what they see: one concept, one file."""
