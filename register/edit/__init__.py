"""Tools for the people who fill the register."""
