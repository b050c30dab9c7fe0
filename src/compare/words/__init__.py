"""Codes become words here, in Chinese and English, and nowhere else."""
