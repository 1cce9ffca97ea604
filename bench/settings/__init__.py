"""Settings of the measured processes: the demo's, with a counter around everything."""
