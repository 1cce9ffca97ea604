"""Settings of appointments: kinds, agendas, texts (REQ 72, 73)."""
