"""The package of an edition: everything as data, tables, papers and originals, and a manifest."""
