"""From sound to a transcript that is believed."""
