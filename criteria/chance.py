"""The chance from which one entry is told from another: the statistics and the sentences agree on it."""

SURE = 0.90
