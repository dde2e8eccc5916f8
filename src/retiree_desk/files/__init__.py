"""Workbooks, text files and paper: everything that leaves or enters the program as a file.

Nothing is imported here: the child process that reads workbooks starts with this package and must stay small.
"""
