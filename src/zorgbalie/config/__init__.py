"""Settings, URL roots, WSGI entries and the command line: the top of the house."""
