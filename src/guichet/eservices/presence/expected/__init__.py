"""Who is expected on a site today and not registered yet: a help for whoever plans, no more."""
