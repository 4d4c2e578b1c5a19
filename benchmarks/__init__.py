"""Measurements, and the worlds that they are taken on."""
