"""Every write of the nominees' floor, by noun."""
