"""spaCy components that read a release: actors, dates, dialogues, commitments."""
