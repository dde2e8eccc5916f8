"""Paper: every document as a function that takes frozen dataclasses of plain words and returns its pages.

The room knows nothing of people or of the database: services say the words, this room sets them. Amounts are
whole fen. Fixed words of the forms are translated when they are drawn (OFFICE 4).
"""
