"""Feedback to the municipalities: drafts from the jurors' words, figures, letters, pages and papers."""
