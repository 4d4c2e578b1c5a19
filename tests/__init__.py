"""The tests: one folder per app, and beside them the house, the journeys and the browser."""
