# A child with the default action for a signal that does nothing.
sh -c 'kill -CHLD $$; kill -URG $$; kill -WINCH $$; kill -CONT $$; echo alive'
