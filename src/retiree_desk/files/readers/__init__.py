"""The readers that run in the child process.  They import nothing of ours outside this package."""
