"""The desk where the NSSO takes Dimona periods over and gives them back."""
