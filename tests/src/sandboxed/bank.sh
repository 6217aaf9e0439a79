# A bank in a database that several processes use at once, by a log (WAL) and shared mappings.
#
#   bank.sh DATABASE create
#   bank.sh DATABASE transfer COUNT   makes that many transfers, one transaction each
#   bank.sh DATABASE watch COUNT      adds everything up that often; prints what it saw, each different sum once
#   bank.sh DATABASE count            prints how many transfers there are
#   bank.sh DATABASE check            looks for damage, and compares accounts with transfers

database=$1
settings='PRAGMA mmap_size=16777216; PRAGMA wal_autocheckpoint=20;'
waits='.timeout 600000'

sql() {
  sqlite3 -bail -cmd "$waits" "$database" "$@"
}

# A text as often as is said, on a line each time.
repeat() {
  yes "$(printf %s "$2" | tr '\n' ' ')" | head -n "$1"
}

case $2 in
  create)
    sql 'PRAGMA journal_mode=WAL;
      CREATE TABLE account(id INTEGER PRIMARY KEY, balance INT, padding BLOB);
      CREATE TABLE transfer(id INTEGER PRIMARY KEY, amount INT);
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
        INSERT INTO account SELECT i, 100, randomblob(1000) FROM n;' ;;
  transfer)
    # All goes from account 0 to the others, each transaction as much as its number says.
    { echo "$settings"
      repeat "$3" 'BEGIN IMMEDIATE;
        INSERT INTO transfer(amount) SELECT ifnull(max(id), 0) + 1 FROM transfer;
        UPDATE account SET balance = balance - last_insert_rowid(), padding = randomblob(1000) WHERE id = 0;
        UPDATE account SET balance = balance + last_insert_rowid(), padding = randomblob(1000)
          WHERE id = 1 + last_insert_rowid() % 99;
        COMMIT;'
    } | sql >/dev/null ;;
  watch)
    { echo "$settings"
      repeat "$3" 'SELECT sum(balance), sum(length(padding)),
        (SELECT balance FROM account WHERE id = 0) + (SELECT ifnull(sum(amount), 0) FROM transfer) FROM account;'
    } | sql | grep '|' | uniq ;;
  count)
    sql 'SELECT count(*) FROM transfer;' ;;
  check)
    sql 'PRAGMA integrity_check;
      SELECT sum(balance) FROM account;
      SELECT balance + (SELECT ifnull(sum(amount), 0) FROM transfer) FROM account WHERE id = 0;
      SELECT count(*) = max(id), sum(amount <> id) FROM transfer;' ;;
esac
