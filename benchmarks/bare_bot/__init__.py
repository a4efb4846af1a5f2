"""The yardstick: a bare Rasa bot with one intent, one rule and the program's own tracker store."""
