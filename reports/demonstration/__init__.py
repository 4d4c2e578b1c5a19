"""The demonstration world: three rehearsals with invented people, texts and scores, told as a story.

It stands on the top floor because it fills every floor below. It writes through the floors' own actions, and
to a table directly only where no action writes what it needs.
"""
