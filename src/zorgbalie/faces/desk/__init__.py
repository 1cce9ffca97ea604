"""The practice's desk: inbox, patients, release cockpit."""
