"""What a reader has on every built page, kept as text, and whether the pages built now still have it.

| kind | item |
|---|---|
| section, title, heading | a section by its key; its title, and the page's; h3 to h6 |
| text, figure | the words of a block, without evidence numbers; a numeral with comparator and unit |
| row, row there, row kept | a row to which a link leads, here or in another file; one kept for the search |
| stands, shown, way back | a row whose words stand here, with their digest; one shown here; a link back |
| number, marked | a row's evidence number; highlighted words |
| said, link | what is heard, hovered over or printed by the style; another file or an outside address |
| chart, drawn, row drawn, tick, mark | a chart by its name; its labels, links, axis, marks by symbol |
| file, file row | a file to save with its length, digest and header; its rows, or the ids in it where long |

What is long is cut and followed by a digest of the whole.
"""
