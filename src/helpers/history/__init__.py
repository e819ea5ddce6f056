"""Put events in order, draw who wrote to whom as a network, and align two records of a talk."""
