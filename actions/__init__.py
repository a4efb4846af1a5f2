"""Rasa custom actions: they compose the replies and carry applications through."""
