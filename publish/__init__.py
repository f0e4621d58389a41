"""What happens to a site after it has been built: compressed copies, releases on a server, a bucket; and trials of both."""
