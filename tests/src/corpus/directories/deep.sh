# A path a hundred directories deep.
p=; i=0; while [ $i -lt 100 ]; do p=${p}dir/; i=$((i+1)); done; mkdir -p $p; cd $p; echo x >f; pwd | tr -cd / | wc -c | sed 's/1[0-9][0-9]/many/'; cat f; i=0; while [ $i -lt 100 ]; do cd ..; i=$((i+1)); done; ls; ls -R | grep -c dir; rm -r dir; ls | wc -l
