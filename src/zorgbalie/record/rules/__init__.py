"""Clinical and state rules of the record: pure functions, one module per topic."""
