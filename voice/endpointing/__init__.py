"""Where an utterance begins and ends."""
