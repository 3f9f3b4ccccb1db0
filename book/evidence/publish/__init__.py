"""What readers and machines cite and download."""
