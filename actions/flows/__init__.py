"""Applications as conversations: a YAML file says which fields are needed, the engine asks, corrects and submits."""
