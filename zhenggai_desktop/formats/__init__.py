"""Bytes to blocks and cells and back: the only docx, openpyxl and lxml."""
