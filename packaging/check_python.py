"""Ends with a clear sentence where Python is too old; imported first and readable by any Python 3."""

import sys

OLDEST = (3, 11)
SENTENCE = """\
需要 Python 3.11 或更高版本,本机是 {0}.{1}。请安装新版 Python 后再运行。
  Python 3.11 or newer is needed, this is {0}.{1}. Please install a newer one and run this again."""

if sys.version_info < OLDEST:
    sys.exit(SENTENCE.format(*sys.version_info[:2]))
