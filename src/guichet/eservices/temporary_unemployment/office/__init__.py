"""The unemployment office: who works where, decisions, letters, and how they go back."""
