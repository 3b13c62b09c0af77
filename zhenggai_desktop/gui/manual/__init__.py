"""The manual inside the program: pages, the finding of words in them, and the window that shows them."""
