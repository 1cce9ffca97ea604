"""The record at the desk: release cockpit, visibility, copy, work notes."""
