"""Train the shipped recogniser from texts and a speech synthesiser alone."""
