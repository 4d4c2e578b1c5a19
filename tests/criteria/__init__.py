"""The scoring core: models, sums, juries and places, all without a database."""
