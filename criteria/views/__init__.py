"""Pages of the criteria floor, one room each."""
