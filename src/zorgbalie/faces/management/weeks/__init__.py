"""Settings of week patterns: when which kind can be where (REQ 74)."""
