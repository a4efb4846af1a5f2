"""Words, numbers and sounds: what was heard made what is written, and back."""
