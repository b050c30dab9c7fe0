"""Documents: byte-exact loading, a cleaned reading with an exact map back, and verbatim quotes.

This floor knows nothing of tables or pandas; offsets are code points of the
decoded file, 0-based and half-open, so they hold in any language and editor.
"""
