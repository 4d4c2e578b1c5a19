"""Tables from outside, read with suspicion and shown row by row before anything is written."""
