"""MedTimer (an open reminder app for Android): write a schedule as a backup file that the app restores."""
