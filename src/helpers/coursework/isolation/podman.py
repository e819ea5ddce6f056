"""A container for each worker, made by Podman."""

from helpers.coursework.isolation.container import Container

# Podman would otherwise make /run, /tmp and /var/tmp writable without a limit.
BACKEND = Container("podman", "--read-only-tmpfs=false")
