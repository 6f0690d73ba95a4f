"""From the files in ``data/`` to a checked register.

loader              ``load``: the only way in; every problem of every file at once
data_files          which files there are and what each holds
yaml_source         YAML as text with line numbers
yaml_hints          what was most likely mistyped where a line is not YAML
validation          one record as typed, checked against its kind
validation_messages what pydantic found, in an editor's words and at its line
rules               what must hold between records
"""
