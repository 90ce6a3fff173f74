"""For staff: people's data – what forms ask and keep, one person's data found, copied and erased, consents, the register."""
