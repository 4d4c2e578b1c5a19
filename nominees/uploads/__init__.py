"""Files on their way in: what may come, how it is received, and how it is looked into. No model, no query."""
