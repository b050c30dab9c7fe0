"""The workbook for report writers: sheets, their styles, and the file that holds them."""
