"""Pages and downloads of the top floor, one room each."""
