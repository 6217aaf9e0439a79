# Read by login shells of this user.
