"""What a reader sees on a page, as MyST Markdown and HTML."""
