"""The pages of the inspection."""
