"""A container for each worker, made by Docker."""

from helpers.coursework.isolation.container import Container

BACKEND = Container("docker")
