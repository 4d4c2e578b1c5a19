"""The public pages, one room each."""
