# What the shell says about commands that cannot be run.
nosuchcommand_javix; ./nofile; : >f; chmod 644 f; ./f; mkdir d; ./d; f/x
