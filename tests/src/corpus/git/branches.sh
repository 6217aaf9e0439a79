# git branches, merges, rebases, stashes and bisects.
export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE='1700000000 +0100' GIT_COMMITTER_DATE='1700000000 +0100'
git config --global user.name Somebody; git config --global user.email somebody@example.org; git config --global init.defaultBranch main; git config --global core.fsync none; git config --global advice.detachedHead false
git init -q work; cd work
seq 100 >numbers; git add .; git commit -qm One; echo two >two; git add .; git commit -qm Two
git checkout -q -b topic HEAD~1; sed -i 's/^50$/fifty/' numbers; git commit -qam Fifty; sed -i 's/^60$/sixty/' numbers; git commit -qam Sixty
git checkout main; git merge -m Merge topic; git log --graph --oneline --all; git branch -vv; git merge-base main~1 topic
git checkout -q -b other topic~1; sed -i 's/^60$/LX/' numbers; git commit -qam LX
git merge main; echo $?; git status -s; git diff; git ls-files -u; git merge --abort; git status -s; git merge -q -X ours -m Ours main; git log -1 --format=%s; sed -n 60p numbers
git checkout -q topic; for i in 1 2 3; do echo $i >more; git add more; git commit -qm "More $i"; done; git rebase main; git log --oneline -n 4 --format=%s
git checkout -q -b conflict main~1; echo other >more; git add more; git commit -qm 'Other more'; git rebase topic; echo $?; git status; echo both >more; git add more; GIT_EDITOR=true git rebase --continue; git log -2 --format=%s
git checkout -q topic; GIT_SEQUENCE_EDITOR='sed -i -e "1s/^pick/reword/" -e "3s/^pick/fixup/"' GIT_EDITOR='sed -i 1s/^/Re-/' git rebase -i --exec 'echo at $(git log -1 --format=%s)' HEAD~3 2>/dev/null; git log -3 --format=%s; git range-diff --no-color main ORIG_HEAD HEAD
echo dirty >>two; echo new >new; git stash -u; git stash list; git stash show -p; git status -s; git stash pop; git checkout two; rm new
git checkout -q main; git cherry-pick conflict~0 2>/dev/null; echo $?; git cherry-pick --abort; git revert --no-edit HEAD -m 1; git show --stat --format=%s; git cherry -v main topic
git bisect start topic topic~4; git bisect run test ! -e more; git bisect reset
git worktree add -q ../tree topic; git -C ../tree branch --show-current; git worktree list | sed "s,$HOME,," ; git branch -d topic; echo $?; git branch -m other another; git branch -D another; git sparse-checkout set --no-cone /two; ls; git sparse-checkout disable; ls; git switch -c last; git restore --source=HEAD~1 numbers; git status -s; git reset --hard -q; git fsck
git rerere; printf 'a\nb\nc\n' >base; printf 'A\nb\nc\n' >ours; printf 'a\nb\nC\n' >theirs; git merge-file -p ours base theirs; git merge-tree --write-tree main conflict; echo $?
