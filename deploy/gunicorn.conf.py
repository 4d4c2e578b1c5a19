"""The web server's settings for a real installation: `gunicorn -c deploy/gunicorn.conf.py awards.wsgi`."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Threads share one process's memory; two processes survive the loss of one.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
# A request that takes longer than this hangs; what takes long is the worker's.
timeout = 60
graceful_timeout = 20
# New processes now and then: whatever leaks leaks for a day, not a year.
max_requests = 10_000
max_requests_jitter = 1_000
# Only the proxy on this machine may say who the visitor is.
forwarded_allow_ips = "127.0.0.1,::1"
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"
