"""Questions in English: which item they ask for, and what its guide says in English (data/english)."""
