"""Speech joined to the conversation: what was heard becomes a turn, what is answered is said."""
