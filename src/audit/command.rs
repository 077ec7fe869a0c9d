//! `tingsong audit verify`: walks the whole trail and says whether it is whole, or which line is the first that is not.
//! The page for the auditor shows the same report.

use super::anchor::{Anchor, AnchorError};
use super::rules::{Broken, Checker, Fault};
use super::store;
use super::types::{Entry, Value};
use crate::crypto::Keys;
use crate::db::{Committed, Conn};
use crate::error::Problem;
use diesel::QueryResult;
use serde::Serialize;
use std::path::Path;

/// What `tingsong audit verify` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct VerifyArgs {
    /// 以前抄录下来的校验码，须在留痕之中；至少前 16 位
    #[arg(long, value_name = "HASH")]
    pub head: Option<String>,
    /// 以 JSON 输出
    #[arg(long)]
    pub json: bool,
}

/// How many lines are in memory at a time.
const BATCH: i64 = 1000;
/// The fewest digits of a hash by which a line is looked for.
const SHORTEST_HEAD: usize = 16;

/// What the anchor told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "line")]
pub enum Anchored {
    /// It stands at this line, and the line is the one that was anchored.
    Agrees(i64),
    /// There is no anchor file.
    Missing,
    /// The anchor file is damaged or was signed with another key.
    Damaged,
    /// The trail breaks before the anchor, or does not reach it.
    NotReached(i64),
}

/// The line that has the hash that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sought {
    pub hash: String,
    /// None when no good line has it.
    pub line: Option<i64>,
}

/// What the walk found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many lines are good, from the first on.
    pub lines: i64,
    /// The hash of the last good line.
    pub head: Option<String>,
    /// How many values agree with their digests.
    pub values: u64,
    /// How many values were anonymised.
    pub anonymised: u64,
    /// The first line that is wrong.
    pub broken: Option<Broken>,
    pub anchor: Anchored,
    pub sought: Option<Sought>,
}

impl Report {
    /// Whether the trail is whole, the anchor agrees and the hash that was asked for is there.
    pub fn is_good(&self) -> bool {
        let anchored = match self.anchor {
            Anchored::Agrees(_) => true,
            Anchored::Missing => self.lines == 0,
            Anchored::Damaged | Anchored::NotReached(_) => false,
        };
        self.broken.is_none() && anchored && self.sought.as_ref().is_none_or(|sought| sought.line.is_some())
    }

    /// 0 when all is good, 1 otherwise.
    pub fn exit_code(&self) -> u8 {
        u8::from(!self.is_good())
    }

    /// The report as whole sentences, one a line.
    pub fn sentences(&self) -> Vec<String> {
        let mut lines = vec![match &self.broken {
            Some(broken) => format!("留痕有问题。{broken}它之前的 {} 条完好。", self.lines),
            None if self.lines == 0 => "留痕里还没有记录。".to_owned(),
            None => format!("留痕完好，共 {} 条。", self.lines),
        }];
        if let Some(head) = &self.head {
            lines.push(format!("第 {} 条的校验码：{head}", self.lines));
            lines.push(format!("核对了 {} 项所记内容，另有 {} 项已经匿名化。", self.values, self.anonymised));
        }
        lines.push(match self.anchor {
            Anchored::Agrees(line) => format!("库外锚点记到第 {line} 条，与留痕一致。"),
            Anchored::NotReached(line) => format!("库外锚点记到第 {line} 条，留痕完好的部分没有到那里。"),
            Anchored::Missing if self.lines == 0 => "还没有库外锚点。".to_owned(),
            Anchored::Missing => {
                "库外锚点文件不见了，无法判断末尾是否被截断。请查明原因；服务重新启动时会重建锚点并留痕。"
                    .to_owned()
            }
            Anchored::Damaged => {
                "库外锚点文件已经损坏，或者不是用这个密钥写的，无法判断末尾是否被截断。请查明原因。"
                    .to_owned()
            }
        });
        if let Some(Sought { hash, line }) = &self.sought {
            lines.push(match line {
                Some(line) => format!("校验码 {hash} 是第 {line} 条的。"),
                None => format!("完好的留痕里没有校验码 {hash}。抄录它之后，留痕被改动或者截断过。"),
            });
        }
        if !self.is_good() {
            lines.push("请保留现场，不要改动数据目录，并立即报告审计管理员。".to_owned());
        }
        lines
    }

    /// The report for programs: one JSON object; `good` is the verdict.
    ///
    /// # Errors
    ///
    /// None in practice: every part of it has a JSON form.
    pub fn to_json(&self) -> Result<String, Problem> {
        #[derive(Serialize)]
        struct Printed<'a> {
            good: bool,
            #[serde(flatten)]
            report: &'a Report,
        }
        serde_json::to_string(&Printed { good: self.is_good(), report: self })
            .map_err(|error| Problem::Internal(error.into()))
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentences().join("\n"))
    }
}

/// Walks the whole trail. `anchor` is the path of the anchor file; `head` the hash of a line, or its beginning of at
/// least 16 digits, that must be in the trail. `step` hears after each batch how many lines are done. It may run while
/// people work: lines that are added meanwhile are checked too.
///
/// # Errors
///
/// `Refused` when `head` is no hash; that the database or the anchor file cannot be read.
pub fn verify(
    conn: &mut Conn,
    keys: &Keys,
    anchor: &Path,
    head: Option<&str>,
    step: &mut dyn FnMut(i64),
) -> Result<Report, Problem> {
    let head = head.map(hash_typed).transpose()?;
    // Read before the trail: the trail may grow meanwhile, and must not be behind the anchor.
    let anchored = match Anchor::read(anchor, keys) {
        Ok(anchored) => Ok(anchored),
        Err(AnchorError::Missing) => Err(Anchored::Missing),
        Err(AnchorError::Damaged) => Err(Anchored::Damaged),
        Err(AnchorError::Io(error)) => return Err(error.into()),
    };
    let mut walk = Walk { keys, checker: Checker::default(), anchored, sought: head, found: None };
    let broken = walk.along(conn, step)?.or_else(|| walk.cut_off());
    Ok(walk.report(broken))
}

/// Whether the trail still reaches its anchor, without walking along it: `None` when it does, else a whole sentence. As
/// for [`verify`], `conn` must not have read anything yet from an older picture of the database.
///
/// # Errors
///
/// That the database or the anchor file cannot be read.
pub fn verify_end(conn: &mut Conn, keys: &Keys, anchor: &Path) -> Result<Option<String>, Problem> {
    let anchored = match Anchor::read(anchor, keys) {
        Ok(anchored) => anchored,
        Err(AnchorError::Io(error)) => return Err(error.into()),
        Err(AnchorError::Missing) if store::head(conn)?.is_none() => return Ok(None),
        Err(error @ (AnchorError::Missing | AnchorError::Damaged)) => return Ok(Some(error.to_string())),
    };
    let fits = anchored.count == 0 || store::hash_of(conn, anchored.count)?.as_ref() == Some(&anchored.head);
    Ok((!fits).then(|| {
        format!(
            "库外锚点记到第 {} 条，留痕里没有这一条，或者不是同一条：末尾被截断或者改动过。",
            anchored.count
        )
    }))
}

fn hash_typed(text: &str) -> Result<String, Problem> {
    let text = text.trim().to_ascii_lowercase();
    if (SHORTEST_HEAD..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(text)
    } else {
        Err(Problem::refused("校验码由数字和字母 a 到 f 组成，请至少输入前 16 位，最多 64 位。"))
    }
}

struct Walk<'k> {
    keys: &'k Keys,
    checker: Checker,
    anchored: Result<Committed, Anchored>,
    sought: Option<String>,
    found: Option<i64>,
}

impl Walk<'_> {
    fn along(&mut self, conn: &mut Conn, step: &mut dyn FnMut(i64)) -> QueryResult<Option<Broken>> {
        // Before the first: a line numbered 0 or below must not be overlooked.
        let mut after = i64::MIN;
        loop {
            let entries = match store::lines_after(conn, after, BATCH) {
                Err(diesel::result::Error::DeserializationError(_)) => return self.unreadable(conn, after),
                entries => entries?,
            };
            let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(None) };
            let values = store::values_between(conn, after, last)?;
            if let Err(broken) = self.batch(&entries, &values) {
                return Ok(Some(broken));
            }
            after = last;
            step(self.checker.lines);
        }
    }

    /// Goes on line by line after `after`, to name the one that cannot be read.
    fn unreadable(&mut self, conn: &mut Conn, mut after: i64) -> QueryResult<Option<Broken>> {
        while let Some(seq) = store::number_after(conn, after)? {
            let entries = match store::lines_after(conn, after, 1) {
                Err(diesel::result::Error::DeserializationError(_)) => {
                    return Ok(Some(Broken { seq, fault: Fault::Unreadable }));
                }
                entries => entries?,
            };
            let values = store::values_between(conn, after, seq)?;
            if let Err(broken) = self.batch(&entries, &values) {
                return Ok(Some(broken));
            }
            after = seq;
        }
        Ok(None)
    }

    fn batch(&mut self, entries: &[Entry], mut values: &[Value]) -> Result<(), Broken> {
        for entry in entries {
            let stray = values.iter().take_while(|value| value.seq < entry.seq).count();
            values = values.split_at(stray).1;
            let own = values.iter().take_while(|value| value.seq == entry.seq).count();
            let (own, rest) = values.split_at(own);
            values = rest;
            self.checker.take(self.keys.audit(), entry, own)?;
            if let Ok(anchored) = &self.anchored
                && anchored.count == entry.seq
                && anchored.head != entry.hash
            {
                return Err(Broken { seq: entry.seq, fault: Fault::NotAnchored });
            }
            if self.sought.as_ref().is_some_and(|sought| entry.hash.starts_with(sought)) {
                self.found = Some(entry.seq);
            }
        }
        Ok(())
    }

    /// The first of the lines that were there once, when the trail ends before the anchor.
    fn cut_off(&self) -> Option<Broken> {
        let anchored = self.anchored.as_ref().ok()?;
        (anchored.count > self.checker.lines)
            .then(|| Broken { seq: self.checker.lines + 1, fault: Fault::CutOff(anchored.count) })
    }

    fn report(self, broken: Option<Broken>) -> Report {
        let lines = self.checker.lines;
        let reached = |count: i64| {
            let short = count > lines || broken.as_ref().is_some_and(|broken| broken.seq <= count);
            if short { Anchored::NotReached(count) } else { Anchored::Agrees(count) }
        };
        Report {
            lines,
            head: (lines > 0).then_some(self.checker.head),
            values: self.checker.values,
            anonymised: self.checker.anonymised,
            anchor: self.anchored.map_or_else(|state| state, |anchored| reached(anchored.count)),
            broken,
            sought: self.sought.map(|hash| Sought { hash, line: self.found }),
        }
    }
}
