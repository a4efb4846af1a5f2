"""Run the command line as `python -m assistant.cli`."""

from assistant.cli.program import main

if __name__ == "__main__":
    main()
