"""Addresses of the criteria floor."""

urlpatterns: list = []
