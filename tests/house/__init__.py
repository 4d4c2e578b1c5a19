"""The house itself: its arrows, its paper, its tools."""
