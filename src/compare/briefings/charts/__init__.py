"""Charts: entries and labels on a canvas of pixels, and the plots made of them."""
