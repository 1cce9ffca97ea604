"""Changes of the practice register, per topic. Called by care apps that checked the right (office)."""
