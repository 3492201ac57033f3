"""What goes wrong on command: failing requests, latency, rate limits, connections that fail."""
