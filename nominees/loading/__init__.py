"""Loading reference data and history: every row is checked first, then all is written in one transaction."""
