"""What a process that runs a student's code can see, use and reach."""
