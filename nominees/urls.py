"""Addresses of the nominees' floor."""

urlpatterns: list = []
