"""Changes: loading links (`loading`), what a practice decides (`managing`), and the periodic check (`checking`)."""
