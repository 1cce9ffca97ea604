"""An appointment as a file for the own calendar."""
