"""A spoken conversation as a state machine."""
