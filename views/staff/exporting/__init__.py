"""For staff: exports – what to take, saved under a name, made at once or by the worker, and fetched."""
