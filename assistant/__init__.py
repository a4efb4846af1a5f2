"""The program: Rasa and Sanic wired to the knowledge base, the flows and the storage."""
