# git clones, fetches and pushes between repositories, with hooks, submodules and patches.
export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE='1700000000 +0100' GIT_COMMITTER_DATE='1700000000 +0100'
git config --global user.name Somebody; git config --global user.email somebody@example.org; git config --global init.defaultBranch main; git config --global core.fsync none; git config --global protocol.file.allow always
git init -q origin; cd origin; seq 1000 >numbers; git add .; git commit -qm One; echo 2 >two; git add .; git commit -qm Two; git tag v1; cd ..
git clone origin copy; git clone -q --no-local --bare origin bare.git; git clone -q "file://$PWD/bare.git" third; git clone -q --depth 1 "file://$PWD/origin" shallow; git -C shallow log --oneline; ls third; git -C copy remote -v | sed "s,$PWD,,"; git clone nothing; echo $?
git clone -q --filter=blob:none --no-checkout "file://$PWD/origin" partial 2>&1; git ls-remote bare.git | wc -l
cat >bare.git/hooks/post-receive <<'END'
#!/bin/sh
while read old new ref; do echo "received $ref, $(git log -1 --format=%s "$new")"; done
END
cat >bare.git/hooks/update <<'END'
#!/bin/sh
case $1 in refs/heads/locked) echo 'locked' >&2; exit 1 ;; esac
END
chmod +x bare.git/hooks/post-receive bare.git/hooks/update; cd third
cat >.git/hooks/pre-commit <<'END'
#!/bin/sh
if git diff --cached | grep -q '^+.*FORBIDDEN'; then echo 'not so' >&2; exit 1; fi
END
printf '#!/bin/sh\nprintf "\\nby a hook\\n" >>"$1"\n' >.git/hooks/commit-msg; chmod +x .git/hooks/*
echo FORBIDDEN >f; git add f; git commit -m bad; echo $?; echo fine >f; git add f; git commit -q -m good; git log -1 --format=%B; git push -q origin HEAD 2>&1; echo $?; git push -q origin HEAD:locked 2>/dev/null; echo $?; cd ..
cd origin; git remote add bare ../bare.git; git fetch -q bare; git branch -a; git pull -q --ff-only bare main; git log --oneline; echo ours >ours; git add .; git commit -qm Ours; cd ../third; echo theirs >theirs; git add .; git commit -qm Theirs; git push -q origin main; git pull -q --rebase ../origin main; git log --format=%s; git push origin main 2>/dev/null; echo $?; git push -q --force-with-lease origin main 2>&1 | sort; cd ..
git -C third format-patch -o .. -1; git -C copy am -q "$PWD"/0001-*.patch; git -C copy log -1 --format=%s; git -C third diff HEAD~1 | git -C origin apply --stat;
cd origin; git submodule add -q ../copy sub; git submodule status; git commit -qm Submodule; cd ..; git clone -q --recurse-submodules origin whole; ls whole/sub; git -C whole submodule foreach 'git log -1 --format=%s'; git -C whole submodule update --init -q; git -C whole submodule summary
git -C third fsck; git -C bare.git fsck; git clone -q b.bundle none 2>/dev/null; echo $?; git -C third remote show -n origin | sed "s,$PWD,,"; git -C third filter-branch -f --msg-filter 'sed s/Theirs/Filtered/' HEAD~1..HEAD >/dev/null 2>&1; git -C third log -1 --format=%s
git config --global alias.last '!git log -1 --format=%s'; git -C third last; git -C third config --list --show-origin | sed "s,$PWD,," | sort | head -n 5; git --exec-path; EDITOR=ed git -C third var GIT_EDITOR; git -C third -c core.pager='sed s/^/paged:/' -p log -1 --format=%s
