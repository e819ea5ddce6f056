"""What goes back: grades for the learning system, and feedback for students."""
