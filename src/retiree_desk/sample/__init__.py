"""A made-up office for new users, the manual and the tests: data file, HR workbooks with traps, the truth.

The generator knows nothing of the code that reads workbooks (DECISIONS 34): it starts from made-up people,
writes down what a right import holds, and only then writes the cells.
"""

from retiree_desk.sample.making import FIXED_TODAY, SampleResult, make_sample

__all__ = ["FIXED_TODAY", "SampleResult", "make_sample"]
