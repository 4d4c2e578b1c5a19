"""The formats of reports: each takes the same rows and writes them one after the other into a file."""
