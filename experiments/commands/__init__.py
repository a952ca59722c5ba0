"""Commands of `swcmarket`, one a file."""
