# kill -l gives names for numbers and statuses.
kill -l 1; kill -l 2; kill -l 9; kill -l 15; kill -l 143; kill -l 137; kill -l 13
kill -l | head -n 3 | wc -l
