"""Settings of the practice: people, rights, facilities, texts."""
