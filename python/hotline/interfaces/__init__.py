"""What servers and applications speak: records the requests of either."""
