"""What the words of a Chinese policy text say, without opening a file.

`spans` holds half-open ranges of code points, `folding` writes a text in one script and width without
moving a character, `numerals` reads numbers in figures and in words, `quantities` reads figures with their
unit and comparator (`wording` knows the words), and `dates` reads the last day by which a promise is kept
(`calendar_words` knows the words). The readers come in pairs: `parse_…` takes one phrase and refuses what it
does not understand, `find_…` looks through running text.
"""
