// Rust's standard library: arguments, environment, files, directories, time, exit.
// args: program one "two three"
// env: NAME=value
// stdin: first line
// stdout: first line
// stdout: ["file.txt", "sub"]
// exit: 7

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, ErrorKind, Read, Seek, SeekFrom, Write};
use std::time::{Duration, Instant, SystemTime};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    assert_eq!(arguments, ["program", "one", "two three"]);
    assert_eq!(std::env::var("NAME").unwrap(), "value");
    assert!(std::env::var("HOME").is_err());

    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    print!("{}", line);

    fs::create_dir_all("/dir/sub")?;
    let mut file = File::create("/dir/file.txt")?;
    file.write_all(b"hello\nworld\n")?;
    file.sync_all()?;
    drop(file);
    let mut file = OpenOptions::new().read(true).append(true).open("/dir/file.txt")?;
    file.write_all(b"!")?;
    file.seek(SeekFrom::Start(6))?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    assert_eq!(text, "world\n!");
    assert_eq!(file.metadata()?.len(), 13);
    file.set_len(5)?;
    assert_eq!(fs::read("/dir/file.txt")?, b"hello");

    let mut names: Vec<String> = fs::read_dir("/dir")?
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    println!("{:?}", names);

    assert_eq!(File::open("/none").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(fs::create_dir("/dir").unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert!(fs::remove_dir("/dir").is_err());
    fs::copy("/dir/file.txt", "/copy")?;
    fs::rename("/copy", "/moved")?;
    assert_eq!(fs::read_to_string("/moved")?, "hello");
    fs::remove_dir_all("/dir")?;
    assert!(fs::metadata("/dir").is_err());

    let start = Instant::now();
    std::thread::sleep(Duration::from_millis(20));
    assert!(start.elapsed() >= Duration::from_millis(20));
    assert!(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() > 1_700_000_000);

    // The seed of a map comes from the host.
    let mut map = std::collections::HashMap::new();
    for i in 0..10_000 {
        map.insert(i, i * i);
    }
    assert_eq!(map[&99], 9801);

    std::process::exit(7);
}
