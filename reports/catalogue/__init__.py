"""Every report by its name: what it holds, who may have it, its rows, and the formats it comes in."""
