"""Writes a workbook in which a committee can work, and takes over what was filled in."""
