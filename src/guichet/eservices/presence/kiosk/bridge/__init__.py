"""The program beside a kiosk that reads identity cards: no Django, no database, loopback only."""
