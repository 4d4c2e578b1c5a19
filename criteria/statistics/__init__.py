"""The six statistics of a jury's score table: pure, on numpy and scipy, imported when asked for."""

SURE = 0.90  # the chance from which one entry is told from another
