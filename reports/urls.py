"""Addresses of the top floor."""

urlpatterns: list = []
