"""The pages of the ground floor, one room each."""
