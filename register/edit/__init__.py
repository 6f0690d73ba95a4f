"""Changes the files in ``data/`` for people who would rather not type YAML: one at a time, from forms, from spreadsheets."""
