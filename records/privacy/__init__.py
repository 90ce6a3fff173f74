"""A person's data: found wherever they are kept, given out, erased with a protocol; consents; what forms ask and keep."""
