"""The six statistics of a jury's score table: pure, on numpy and scipy, imported when asked for."""
