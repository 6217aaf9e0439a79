# <<- removes leading tabs only.
cat <<-END
	one tab
		two tabs
  spaces
	END
if true; then
	cat <<-'X'
		$kept
	X
fi
