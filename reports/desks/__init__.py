"""Home: for each role what there is to do now, read once and shown as a list."""
