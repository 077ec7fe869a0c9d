//! What a file is, seen from its bytes.

use crate::db::coded;
use crate::error::Problem;
use std::io::Cursor;

coded! {
    /// The kinds of file that are taken.
    pub enum FileKind {
        Pdf = "pdf" "PDF",
        Jpeg = "jpeg" "图片",
        Png = "png" "图片",
        Gif = "gif" "图片",
        Bmp = "bmp" "图片",
        Webp = "webp" "图片",
        Heic = "heic" "图片",
        Tiff = "tiff" "图片",
        Doc = "doc" "Word 文档",
        Docx = "docx" "Word 文档",
        Xls = "xls" "Excel 工作簿",
        Xlsx = "xlsx" "Excel 工作簿",
        Text = "text" "文本",
        Mp3 = "mp3" "录音",
        Wav = "wav" "录音",
        M4a = "m4a" "录音",
        Amr = "amr" "录音",
        Mp4 = "mp4" "录像",
    }
}

impl FileKind {
    /// The media type it is sent with.
    pub const fn mime(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Gif => "image/gif",
            FileKind::Bmp => "image/bmp",
            FileKind::Webp => "image/webp",
            FileKind::Heic => "image/heic",
            FileKind::Tiff => "image/tiff",
            FileKind::Doc => "application/msword",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xls => "application/vnd.ms-excel",
            FileKind::Xlsx => crate::sheets::XLSX,
            FileKind::Text => "text/plain",
            FileKind::Mp3 => "audio/mpeg",
            FileKind::Wav => "audio/wav",
            FileKind::M4a => "audio/mp4",
            FileKind::Amr => "audio/amr",
            FileKind::Mp4 => "video/mp4",
        }
    }

    /// The endings that its names have; the first is put where a name has another.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Pdf => &["pdf"],
            FileKind::Jpeg => &["jpg", "jpeg"],
            FileKind::Png => &["png"],
            FileKind::Gif => &["gif"],
            FileKind::Bmp => &["bmp"],
            FileKind::Webp => &["webp"],
            FileKind::Heic => &["heic", "heif"],
            FileKind::Tiff => &["tif", "tiff"],
            FileKind::Doc => &["doc", "wps"],
            FileKind::Docx => &["docx"],
            FileKind::Xls => &["xls", "et"],
            FileKind::Xlsx => &["xlsx"],
            FileKind::Text => &["txt", "csv", "log", "md"],
            FileKind::Mp3 => &["mp3"],
            FileKind::Wav => &["wav"],
            FileKind::M4a => &["m4a"],
            FileKind::Amr => &["amr"],
            FileKind::Mp4 => &["mp4", "mov"],
        }
    }

    /// Whether a browser may show it within a page: pictures that every browser draws, and PDF. All else is saved.
    pub const fn is_inline(self) -> bool {
        matches!(
            self,
            FileKind::Pdf | FileKind::Jpeg | FileKind::Png | FileKind::Gif | FileKind::Bmp | FileKind::Webp
        )
    }
}

/// Endings of what a double click would run or a browser would take for a page.
const DANGEROUS: &[&str] = &[
    "exe", "com", "scr", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "msi",
    "msp", "dll", "jar", "sh", "py", "php", "lnk", "url", "reg", "cpl", "apk", "html", "htm", "xhtml", "mht",
    "mhtml", "svg", "xml", "xsl", "chm", "docm", "xlsm", "dotm", "xltm", "pptm", "iso", "img",
];

const TAKEN: &str = "可以上传 PDF、图片、Word、Excel、文本、录音（mp3、wav、m4a、amr）和录像（mp4）";

fn dangerous() -> Problem {
    Problem::refused(format!("不能上传程序、脚本、网页或带宏的文件，以免危及办案电脑。{TAKEN}。"))
}

/// What `bytes` are. `name` only decides between kinds that look alike.
///
/// # Errors
///
/// `Refused` for what is not taken: programs, scripts, pages, documents with macros, archives, and what nobody knows.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<FileKind, Problem> {
    let ending = super::names::ending(name);
    if DANGEROUS.contains(&ending.as_str()) {
        return Err(dangerous());
    }
    match bytes {
        [] => Err(Problem::refused("这个文件是空的，请重新选择。")),
        [b'#', b'!', b'A', b'M', b'R', b'\n', ..] => Ok(FileKind::Amr),
        [b'M', b'Z', ..] | [0x7F, b'E', b'L', b'F', ..] | [b'#', b'!', ..] => Err(dangerous()),
        [b'P', b'K', 3 | 5, ..] => packed(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => old_office(&ending),
        _ => media(bytes).map_or_else(|| text(bytes), Ok),
    }
}

/// What is in a zip: an office document, or an archive whose content nobody has looked at.
fn packed(bytes: &[u8]) -> Result<FileKind, Problem> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_broken| Problem::refused("这个文件已损坏，请重新选择或重新扫描。"))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let macros = names.iter().any(|name| name.ends_with("vbaproject.bin"));
    match (has("word/document.xml"), has("xl/workbook.xml"), macros) {
        (true, false, false) => Ok(FileKind::Docx),
        (false, true, false) => Ok(FileKind::Xlsx),
        (_, _, true) => Err(dangerous()),
        _ => Err(Problem::refused(format!("不能上传压缩包：请解压后逐个上传。{TAKEN}。"))),
    }
}

/// Word and Excel before 2007 wrap their content alike; only the name tells them apart. An installer looks the same.
fn old_office(ending: &str) -> Result<FileKind, Problem> {
    [FileKind::Doc, FileKind::Xls].into_iter().find(|kind| kind.endings().contains(&ending)).ok_or_else(
        || Problem::refused(format!("这种格式的文件不能上传，请另存为 Word、Excel 或 PDF。{TAKEN}。")),
    )
}

fn media(bytes: &[u8]) -> Option<FileKind> {
    match infer::get(bytes)?.mime_type() {
        "application/pdf" => Some(FileKind::Pdf),
        "image/jpeg" => Some(FileKind::Jpeg),
        "image/png" => Some(FileKind::Png),
        "image/gif" => Some(FileKind::Gif),
        // Two letters alone would make a picture of every text that begins with BM.
        "image/bmp" if matches!(bytes, [_, _, _, _, _, _, 0, 0, 0, 0, _, _, _, _, ..]) => Some(FileKind::Bmp),
        "image/webp" => Some(FileKind::Webp),
        "image/heif" => Some(FileKind::Heic),
        "image/tiff" => Some(FileKind::Tiff),
        "audio/mpeg" => Some(FileKind::Mp3),
        "audio/x-wav" => Some(FileKind::Wav),
        "audio/m4a" => Some(FileKind::M4a),
        "video/mp4" | "video/quicktime" => Some(FileKind::Mp4),
        _ => None,
    }
}

fn text(bytes: &[u8]) -> Result<FileKind, Problem> {
    let unknown = || Problem::refused(format!("认不出这个文件的格式，不能上传。{TAKEN}。"));
    let controls = bytes.iter().any(|b| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F));
    if controls || !(std::str::from_utf8(bytes).is_ok() || is_gbk(bytes)) {
        return Err(unknown());
    }
    let start = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_lowercase();
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let page = ["<!doctype", "<?", "<svg"].iter().any(|sign| start.starts_with(sign));
    let markup = ["<html", "<script", "<svg", "<iframe", "<body", "javascript:"];
    if page || markup.iter().any(|sign| start.contains(sign)) {
        return Err(dangerous());
    }
    Ok(FileKind::Text)
}

/// Whether it can be GBK: what Windows in Chinese writes when nobody asks for anything else.
fn is_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        let fits = match first {
            0..=0x7F => true,
            0x81..=0xFE => rest.next().is_some_and(|second| matches!(second, 0x40..=0x7E | 0x80..=0xFE)),
            0x80 | 0xFF => false,
        };
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zip_of(names: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let cfb = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
        for (name, bytes, kind) in [
            ("a.pdf", b"%PDF-1.7 ...".to_vec(), FileKind::Pdf),
            ("a.txt", b"%PDF-1.7 ...".to_vec(), FileKind::Pdf),
            ("扫描.png", b"\x89PNG\r\n\x1a\n....".to_vec(), FileKind::Png),
            ("照片", b"\xFF\xD8\xFF\xE0....".to_vec(), FileKind::Jpeg),
            ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), FileKind::Webp),
            ("a.tif", b"II*\0\x08\0\0\0......".to_vec(), FileKind::Tiff),
            ("a.wav", b"RIFF\x10\0\0\0WAVEfmt ".to_vec(), FileKind::Wav),
            ("a.mp3", b"ID3\x03\0\0\0\0".to_vec(), FileKind::Mp3),
            ("a.amr", b"#!AMR\n....".to_vec(), FileKind::Amr),
            ("a.doc", cfb.to_vec(), FileKind::Doc),
            ("a.XLS", cfb.to_vec(), FileKind::Xls),
            ("a.docx", zip_of(&["[Content_Types].xml", "word/document.xml"]), FileKind::Docx),
            ("a.zip", zip_of(&["xl/workbook.xml"]), FileKind::Xlsx),
            ("a.txt", "情况说明\r\n第一条".as_bytes().to_vec(), FileKind::Text),
            ("a.txt", "BMW 车主反映".as_bytes().to_vec(), FileKind::Text),
            ("a.bmp", b"BM\x40\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), FileKind::Bmp),
            ("a.txt", b"\xC7\xE9\xBF\xF6".to_vec(), FileKind::Text),
        ] {
            assert_eq!(sniff(name, &bytes).ok(), Some(kind), "{name}");
        }
    }

    #[test]
    fn what_could_run_or_act_as_a_page_is_refused_whatever_its_name() {
        for (name, bytes) in [
            ("a.pdf", b"MZ\x90\0".to_vec()),
            ("a.jpg", b"\x7FELF\x02".to_vec()),
            ("a.txt", b"#!/bin/sh\n".to_vec()),
            ("a.txt", b"\xEF\xBB\xBF <!DOCTYPE html>".to_vec()),
            ("a.txt", b"hello <script>alert(1)</script>".to_vec()),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
            ("a.png", b"<svg onload=x>".to_vec()),
            ("a.html", b"hello".to_vec()),
            ("a.vbs", b"MsgBox".to_vec()),
            ("a.exe ", b"hello".to_vec()),
            ("a.docx", zip_of(&["word/document.xml", "word/vbaProject.bin"])),
            ("a.zip", zip_of(&["x.txt"])),
            ("a.msi", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
            ("a.txt", vec![0, 1, 2]),
            ("a.txt", vec![]),
        ] {
            assert!(matches!(sniff(name, &bytes), Err(Problem::Refused(_))), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(name in "\\PC{0,20}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = sniff(&name, &bytes);
            let _ = sniff(&name, &[b"PK\x03\x04".as_slice(), &bytes].concat());
        }
    }
}
