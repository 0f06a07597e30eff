"""Writing the texts of the book: headings, paragraphs, bullets, bold and pictures with captions, and nothing else."""
