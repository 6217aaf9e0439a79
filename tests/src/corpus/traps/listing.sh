# trap without arguments prints commands that set the traps again.
trap 'echo "a b"' INT; trap "it's" TERM; trap '' HUP; trap
trap - INT; trap
x=$(trap); [ -n "$x" ] && echo shown in substitution
trap - TERM HUP; trap; echo end
