"""From bytes to a `Release`: readers, metadata, dateline."""
