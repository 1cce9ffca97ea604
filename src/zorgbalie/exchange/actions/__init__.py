"""Changes that come from other systems: `reading` gets files from disk, `importing` puts them in the record."""
