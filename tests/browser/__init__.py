"""What only a browser can tell; the pictures it takes lie in `screenshots/`."""
