"""Home: tasks in the patient's words and what there is to do."""
