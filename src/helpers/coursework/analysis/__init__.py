"""What a class did: report, similar answers, and the pages that show them."""
