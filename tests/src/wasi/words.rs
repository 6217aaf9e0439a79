// Counts words, and shows them with their number, the most frequent first.
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut counts = BTreeMap::new();
    for line in io::stdin().lock().lines() {
        for word in line?.split_whitespace() {
            *counts.entry(word.to_string()).or_insert(0) += 1;
        }
    }
    let mut words: Vec<(String, i32)> = counts.into_iter().collect();
    words.sort_by_key(|(word, count)| (-count, word.clone()));
    let mut out = io::stdout();
    for (word, count) in &words {
        writeln!(out, "{} {}", count, word)?;
    }
    match std::env::args().nth(1) {
        Some(path) => std::fs::write(path, format!("{}\n", words.len())),
        None => Ok(()),
    }
}
