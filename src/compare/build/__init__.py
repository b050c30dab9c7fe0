"""How notebooks become pages: what is planned, what is stale, how notebooks run side by side."""
