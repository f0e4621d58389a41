"""What the site tells those who share, follow or read it by program: previews, feeds, lists and plain Markdown."""
