"""The assistant's many source files as the one small script that a page loads."""
