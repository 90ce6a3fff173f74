"""What is done with the audit log as a whole: searched, exported, and its oldest entries removed by rule."""
