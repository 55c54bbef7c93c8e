"""The kit with which an employer informs his staff: leaflet, posters, whom to ask, when told."""
