# env can reset and ignore signals.
env --ignore-signal=TERM sh -c 'kill $$; echo ignored'
(trap '' TERM; env --default-signal=TERM sh -c 'kill $$; echo no'); echo $?
