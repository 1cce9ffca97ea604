"""Questions of patients."""
