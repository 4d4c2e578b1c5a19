"""The organiser's lists of an edition: what each shows and how it is sorted, the same for page and file."""
