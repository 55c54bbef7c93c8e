"""Fill the registers of a live server: run as a program with its environment."""


def main() -> None:
    """The world of these tests, as it is on the real day."""
    import django

    django.setup()
    from guichet.platform import clock
    from tests.eservices.dimona import world

    world.build(clock.now())


if __name__ == "__main__":
    main()
