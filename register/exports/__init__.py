"""The register in formats for programs, all derived from the model and the status. No file is written here.

files              every export, by its path
published          what may be published of a snapshot, and the words that go with every export
published_records  the records that are published: the model's own, with what is derived from them
identifiers        permanent identifiers (URNs) of updates, feeds and calendar entries
json_values        records as JSON values and files
json_schema        what a JSON Schema says of a field
documents          JSON documents and their JSON Schema
dataset            the description for search engines (JSON-LD)
catalogue          the description for catalogues of open data (DCAT 3)
data_format        the version of the form of all these
crosswalk          our words beside those of other scales
tables             CSV files
database           one SQLite file, and the questions that it answers
workbook           one .xlsx file
table_descriptions CSV on the Web metadata, Frictionless Data Package
feeds              Atom
calendar           iCalendar
"""
