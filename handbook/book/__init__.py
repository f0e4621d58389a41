"""The site to take along: a zip that opens without a server, and the book as PDF and EPUB."""
