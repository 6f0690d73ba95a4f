"""The version of the form in which the data are published, apart from the version of what they say."""

# Semantic versioning (semver.org, 2.0.0): a field, column or file that is gone, or means something else, is a new first number;
# one that was added, a new second; a mended mistake, a new third. The page "How the data changed" tells each.
FORMAT = "2.0.0"
