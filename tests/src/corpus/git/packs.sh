# git packs objects, in threads and in processes, maps packs, and finds damage in them.
export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE='1700000000 +0100' GIT_COMMITTER_DATE='1700000000 +0100'
git config --global user.name Somebody; git config --global user.email somebody@example.org; git config --global init.defaultBranch main; git config --global core.fsync none
git init -q work; cd work
for i in 1 2 3 4 5 6; do
  seq $((i * 500)) $((i * 500 + 3000)) >"numbers$i"
  seq "$i" 3000 >same
  git add .; git commit -qm "Commit $i"
done
git count-objects | cut -d , -f 1; git gc --quiet; git count-objects -v | grep -v size; git fsck --full --strict; ls .git/objects/pack | sed 's/.*\.//'
git -c pack.threads=3 repack -adfq --window=20 --depth=10; git verify-pack -v .git/objects/pack/*.idx | grep -c '^[0-9a-f]* *blob'; git verify-pack .git/objects/pack/*.idx; echo $?
git multi-pack-index write; git multi-pack-index verify; git commit-graph write --reachable; git commit-graph verify; git log --oneline | wc -l
git rev-list --objects HEAD~2 | git pack-objects --threads=1 --stdout -q | git index-pack --stdin --strict --fsck-objects; git rev-list --objects --all | cut -c -40 | git cat-file --batch-check='%(objecttype)' | sort | uniq -c
git -c core.packedGitWindowSize=4096 -c core.packedGitLimit=8192 log -p --format=%s | cksum; git -c core.bigFileThreshold=100 hash-object same
git archive --prefix=x/ HEAD | tar -tf -; git archive --format=tar.gz HEAD numbers1 | gzip -dc | cksum; git bundle create ../b.bundle main 2>/dev/null; git bundle verify ../b.bundle; git bundle list-heads ../b.bundle
git fast-export --all >../export; git init -q --bare ../imported; git -C ../imported fast-import --quiet <../export; git -C ../imported rev-parse main; git rev-parse main
git -c gc.reflogExpire=now reflog expire --expire=now --all; git reset -q --hard HEAD~3; git prune --expire=now; git repack -ad -q; git prune-packed; git fsck --unreachable | wc -l
pack=$(ls .git/objects/pack/*.pack); chmod u+w "$pack"; printf XX | dd of="$pack" bs=1 seek=300 conv=notrunc 2>/dev/null; git fsck 2>/dev/null; test $? -ne 0 && echo damaged; git verify-pack "$pack" 2>/dev/null; echo $?
mkdir ../many; cd ../many; git init -q; for i in 0 1 2 3 4 5 6 7 8 9; do for j in 0 1 2 3 4 5 6 7 8 9; do echo $i$j >f$i$j; done; done; git -c core.preloadIndex=true add .; git update-index --split-index; git commit -qm Many; echo x >f50; git status -s; git -c index.threads=3 ls-files | wc -l; git -c checkout.workers=2 -c checkout.thresholdForParallelism=2 checkout -q -f HEAD; git stash -q 2>&1; git -c index.threads=2 status -s | wc -l
