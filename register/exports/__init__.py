"""The register in other clothes: tables, documents, feeds and a calendar, all derived from the model and the fold.

``files`` makes every one of them; ``catalogue`` says which there are and where they
stand; ``published`` decides what may leave the house. The rest is a format each.
"""
