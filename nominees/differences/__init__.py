"""Where texts differ: the words two of them share, the pieces of two texts, what changed between versions."""
