"""The command line `wenban`: a module for each group of commands; heavy imports wait until a command needs them."""

from assistant.cli.program import app, main

__all__ = ["app", "main"]
