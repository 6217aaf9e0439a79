# git records files and tells what became of them.
export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE='1700000000 +0100' GIT_COMMITTER_DATE='1700000000 +0100'
git config --global user.name Somebody; git config --global user.email somebody@example.org; git config --global init.defaultBranch main; git config --global core.fsync none
git init work; cd work
seq 100 >numbers; echo hello >greeting; git add .; git commit -m First
echo world >>greeting; mkdir sub; echo x >sub/file; chmod +x sub/file; ln -s greeting link; printf '\0binary\377' >bytes
git status --short; git diff; git add -A; git diff --cached --stat; git commit -q -m Second
sed -i 's/^50$/fifty/' numbers; git mv greeting salute; git commit -qam Third; git rm -q link; git status
git reset -q --hard; git log --stat -M --format='%H %an %ad %s'; git log -p -1 -- numbers; git log --follow --oneline salute; git log -S fifty --oneline; git log -L 49,51:numbers --oneline
git show HEAD~1:greeting; git blame numbers | sed -n '49,51p'; git diff --word-diff HEAD~1 HEAD -- numbers; git diff --stat HEAD~2; git whatchanged -1 --format=%s
git tag -a v1 -m 'Version 1' HEAD~1; git tag light; git describe; git show v1 --stat --format=%s; git shortlog -sn HEAD; git rev-parse HEAD^{tree} v1^0; git cat-file -p HEAD; git ls-tree -r HEAD; git ls-files -s
git grep -n -e fifty -e 99; git grep --threads=4 -c 1; git grep -E '^(5|6)0$' HEAD~1; git grep -w wor; echo $?
echo 'bytes diff=hex' >.gitattributes; git config diff.hex.textconv 'od -c'; printf '\1' >>bytes; git diff bytes; printf '*.o\n!keep.o\n' >.gitignore; touch a.o keep.o; git status -s; git check-ignore -v a.o; git clean -nX; git checkout -q -- bytes
printf 'y\n' | git add -p .gitignore 2>&1 | tail -n 1; git notes add -m note; git log -1 --format=%N; git reflog; git for-each-ref; git commit -m '' 2>&1; echo $?; git log nothing; echo $?; git nothing; echo $?
