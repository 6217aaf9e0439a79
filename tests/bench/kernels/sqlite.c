/* SQLite: 500 rows inserted into a table with an index, looked up, joined, grouped, updated and deleted. */
#include <stdio.h>
#include "kernel.h"
#include "sqlite3.h"

static sqlite3 *db;

static void check(int status) {
    if (status != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

static int add_first(void *sum, int columns, char **values, char **names) {
    (void) columns;
    (void) names;
    *(uint32_t *) sum += values[0] ? (uint32_t) atoi(values[0]) : 0;
    return 0;
}

void prepare(void) {
    check(sqlite3_open(":memory:", &db));
    check(sqlite3_exec(db,
        "create table item(id integer primary key, name text, price integer, kind integer);"
        "create index item_name on item(name);"
        "create table kind(id integer primary key, label text);"
        "with recursive n(i) as (select 0 union all select i + 1 from n where i < 9)"
        " insert into kind select i, 'kind ' || i from n",
        NULL, NULL, NULL));
}

void run(long count) {
    while (count-- > 0) {
        uint32_t sum = 0;
        sqlite3_stmt *insert;
        check(sqlite3_exec(db, "begin", NULL, NULL, NULL));
        check(sqlite3_prepare_v2(db, "insert into item values (?, ?, ?, ?)", -1, &insert, NULL));
        for (int i = 0; i < 500; i++) {
            char name[32];
            snprintf(name, sizeof name, "item %d", i * 7919 % 500);
            sqlite3_bind_int(insert, 1, i);
            sqlite3_bind_text(insert, 2, name, -1, SQLITE_TRANSIENT);
            sqlite3_bind_int(insert, 3, i * 31 % 1000);
            sqlite3_bind_int(insert, 4, i % 10);
            sqlite3_step(insert);
            check(sqlite3_reset(insert));
        }
        check(sqlite3_finalize(insert));
        check(sqlite3_exec(db,
            "select count(*) from item where name between 'item 2' and 'item 4';"
            "select sum(price) from item join kind on kind.id = item.kind where label like '%5' group by label;"
            "select max(length(name)) from item group by kind order by 1;"
            "update item set price = price + 1 where name like 'item 1%';"
            "select price from item order by price desc, name limit 20;"
            "delete from item",
            add_first, &sum, NULL));
        check(sqlite3_exec(db, "commit", NULL, NULL, NULL));
        sink = sum;
    }
}
