"""The writes of the top floor."""
