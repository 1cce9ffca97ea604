"""Post of the laboratory: deciding what a patient reads of a report."""
