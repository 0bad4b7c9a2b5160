"""Which objects make up the platform, and which a service."""
