from django.apps import AppConfig


class EmploymentsConfig(AppConfig):
    name = "guichet.registers.employments"
    label = "employments"
