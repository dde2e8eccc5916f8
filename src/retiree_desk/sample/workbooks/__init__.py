"""The HR workbooks of the sample office, one module per layout."""
