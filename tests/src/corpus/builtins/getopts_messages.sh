# The messages of getopts and its use in a script.
sh -c 'while getopts a: o; do echo $o; done; echo end' prog -x; sh -c 'while getopts a: o; do echo $o; done' prog -a
